// readLacksOfTables: what the application's role lacks on the tables that the code needs and that are there.
import { addressOf, quoteIdentifier, quoteQualified, type TableName } from '../../catalog/index.ts';
import { readAccess } from '../../introspect/read-access.ts';
import { readNeeded } from '../../introspect/read-needed.ts';
import { judgeAccess } from '../../need/judge-access.ts';
import { type Found, lookIn, type Relation } from '../../need/lookup.ts';
import type { Need } from '../../need/need.ts';
import type { Lacking } from '../../need/shortfall.ts';
import type { Session } from '../../postgres/session.ts';
import { adjustSeverities, makeFinding, type Severities } from '../../report/index.ts';
import type { AppRole } from './app-role.ts';
import type { Lack } from './grant.ts';

export interface LacksOfTables {
  readonly lacks: readonly Lack[];
  /** Those whose rows the code writes. */
  readonly written: readonly TableName[];
  /** Where all that is. */
  readonly schemas: readonly string[];
}

/** `severities`: of what a project ignores nothing is said. */
export async function readLacksOfTables(
  session: Session,
  { name: role, who }: AppRole,
  need: Need,
  severities: Severities | undefined,
): Promise<LacksOfTables> {
  const reading = await readNeeded(session, {
    tableNames: need.tables.map(({ name }) => name),
    ownSchemas: need.tables.map(({ schema }) => schema),
  });
  const { searchPath } = reading.server;
  const lookup = lookIn(reading, searchPath);
  const found = need.tables.flatMap((asked) => {
    const contents = pick(lookup.findTable(asked), ({ table }) => table.schema === asked.schema);
    return contents === null ? [] : [{ asked, contents, table: contents.table }];
  });
  const enums = need.enums.flatMap(
    (asked) => pick(lookup.findEnum(asked), ({ schema }) => schema === asked.schema) ?? [],
  );
  const accesses = await readAccess(
    session,
    who,
    found.map(({ table }) => table),
  );
  const lacks = found.flatMap(({ asked, contents, table }): Lack[] => {
    const access = accesses.find(
      ({ schema, name }) => schema === table.schema && name === table.name,
    )?.access;
    if (access === undefined) return [];
    const { columns, arbiters } = contents;
    // The schema is looked at by itself.
    const opened = { table, columns, arbiters, access: { ...access, usage: true } };
    const [short] = judgeAccess(asked, opened, new Set());
    const rights = (short?.lacking ?? []).map(renderRight);
    const lack = { thing: quoteQualified(table.schema, table.name), rights };
    const isIgnored = rights.length > 0 && isLeftAlone(lack, table, role, severities, searchPath);
    return isIgnored ? [] : [lack];
  });
  return {
    lacks,
    written: found.filter(({ asked }) => asked.kind === undefined).map(({ table }) => table),
    schemas: [...found.map(({ table }) => table), ...enums].map(({ schema }) => schema),
  };
}

/** Names that lead nowhere from here (the schema is closed to this role, say) may lead somewhere for the application. */
function pick<Thing>(found: Found<Thing>, isMeant: (thing: Thing) => boolean): Thing | null {
  if (found.kind === 'found') return found.thing;
  return found.kind === 'elsewhere' ? (found.things.find(isMeant) ?? null) : null;
}

function renderRight({ right, columns }: Lacking): string {
  return `${right.toUpperCase()}${columns === null ? '' : ` (${columns.map(quoteIdentifier).join(', ')})`}`;
}

function isLeftAlone(
  { thing, rights }: Lack,
  table: Relation,
  role: string,
  severities: Severities | undefined,
  searchPath: readonly string[],
): boolean {
  const told = rights.join(', ');
  const data = { subject: thing, rights: told, grant: told, held: null, role, target: thing };
  const finding = makeFinding('no-privilege', data, { address: addressOf(table), aspect: 'privilege' });
  return adjustSeverities([finding], severities, searchPath).findings.length === 0;
}
