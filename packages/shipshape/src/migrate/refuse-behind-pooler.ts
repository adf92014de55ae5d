// refuseBehindPooler: what a migration cannot hold where a pooler shares sessions out (reference: pgbouncer's features by mode).
import type { RangeVar } from 'libpg-query';
import { type ByKind, tell } from '../postgres/statement.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import { displayPlace, placeOf } from './place.ts';
import { parsedOf } from './prepare-parsed.ts';
import type { Prepared } from './prepared.ts';

/** Both need a session of their own; what a function does (set_config) cannot be seen. */
export async function refuseBehindPooler(
  prepared: readonly Prepared[],
  target: string,
  scope: string,
): Promise<readonly Finding[]> {
  const read = await Promise.all(
    prepared.map(async (each) => ({ migration: each.migration, statements: await parsedOf(each) })),
  );
  return read.flatMap(({ migration, statements }) =>
    statements.flatMap((statement) => {
      // Its key is looked at between transactions, where a tenant's search_path does not last.
      const between = scope !== '' && migration.rule === 'each batch' ? "a tenant's backfill" : undefined;
      const name = between ?? statement.outside ?? tell(leavesTraces, statement.node) ?? null;
      if (name === null) return [];
      const place = displayPlace(migration, statement.line);
      const data = { migration: migration.id, place, statement: name, target };
      return [makeFinding('pooler-in-front', data, placeOf(migration, statement.line))];
    }),
  );
}

/** What outlives the transaction in the session, and would be the next client's. */
const leavesTraces: ByKind<string | null> = {
  VariableSetStmt: ({ kind, name, is_local: local }) => {
    if (local === true || name === 'TRANSACTION' || name === 'TRANSACTION SNAPSHOT') return null;
    if (kind === 'VAR_RESET_ALL') return 'RESET ALL';
    return `${kind === 'VAR_RESET' ? 'RESET' : 'SET'} ${name ?? ''}`.trim();
  },
  PrepareStmt: () => 'PREPARE',
  ListenStmt: () => 'LISTEN',
  LoadStmt: () => 'LOAD',
  // CURSOR_OPT_HOLD (parsenodes.h)
  DeclareCursorStmt: ({ options = 0 }) => ((options & 0x20) === 0 ? null : 'DECLARE … WITH HOLD'),
  CreateStmt: ({ relation, oncommit }) => temporary(relation, oncommit),
  CreateTableAsStmt: ({ into }) => temporary(into?.rel, into?.onCommit),
  SelectStmt: ({ intoClause }) => temporary(intoClause?.rel, intoClause?.onCommit),
  ViewStmt: ({ view }) => temporary(view, undefined),
  CreateSeqStmt: ({ sequence }) => temporary(sequence, undefined),
};

function temporary(relation: RangeVar | undefined, onCommit: string | undefined): string | null {
  return relation?.relpersistence === 't' && onCommit !== 'ONCOMMIT_DROP'
    ? 'a temporary table or view that stays'
    : null;
}
