// leftNothing: whether a migration that Prisma gave up has left anything behind.
import type { Node } from 'libpg-query';
import { quoteIdentifier, quoteQualified } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { Statement } from '../../postgres/statement.ts';
import type { Migration } from '../migration.ts';
import { readStatements } from '../statements.ts';

/**
 * How that is known; null where it is not. Prisma sends a file in one message (before 7.4) or statement by statement in their
 * order: either way nothing is left of it when nothing is left of its first statement. Throws as `readStatements` does.
 */
export async function leftNothing(session: Session, migration: Migration): Promise<string | null> {
  const statements = await readStatements(migration);
  const [first] = statements;
  if (first === undefined || statements.some((each) => 'TransactionStmt' in each.node)) return null;
  if (first.outside !== null) return null;
  if (statements.length === 1) return 'it is one statement, which is done whole or not at all';
  const made = whatItMakes(first);
  if (made === null) return null;
  const { rows } = await session.query<{ found: boolean }>(`SELECT ${made.sql} AS found`, made.values);
  return rows[0]?.found === false ? `its first statement makes ${made.what}, and there is none` : null;
}

interface Made {
  readonly what: string;
  /** Whether it is there. */
  readonly sql: string;
  readonly values: readonly string[];
}

/** Only of statements that could not have passed over what was there before. */
function whatItMakes({ node }: Statement): Made | null {
  if ('CreateStmt' in node && node.CreateStmt.if_not_exists !== true)
    return relation(node.CreateStmt.relation, 'the table');
  if ('CreateEnumStmt' in node) {
    const name = nameOf(node.CreateEnumStmt.typeName ?? []);
    return { what: `the type ${name}`, sql: 'to_regtype($1) IS NOT NULL', values: [name] };
  }
  if (!('AlterTableStmt' in node)) return null;
  const { cmds, relation: table } = node.AlterTableStmt;
  const [command] = cmds ?? [];
  if (table?.relname === undefined || command === undefined || !('AlterTableCmd' in command)) return null;
  const { subtype, def, missing_ok: ifNotExists } = command.AlterTableCmd;
  if (subtype !== 'AT_AddColumn' || ifNotExists === true || def === undefined || !('ColumnDef' in def))
    return null;
  const column = def.ColumnDef.colname ?? '';
  return {
    what: `the column ${table.relname}.${column}`,
    sql: 'EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 AND NOT attisdropped)',
    values: [quoted(table), column],
  };
}

interface Named {
  readonly schemaname?: string;
  readonly relname?: string;
}

function relation(named: Named | undefined, kind: string): Made | null {
  if (named?.relname === undefined) return null;
  const { relname } = named;
  return { what: `${kind} ${relname}`, sql: 'to_regclass($1) IS NOT NULL', values: [quoted(named)] };
}

/** Without a schema it is found where the search path finds it, as the statement would have made it. */
function quoted({ schemaname, relname = '' }: Named): string {
  return schemaname === undefined ? quoteIdentifier(relname) : quoteQualified(schemaname, relname);
}

function nameOf(parts: readonly Node[]): string {
  const names = parts.flatMap((part) => ('String' in part ? [part.String.sval ?? ''] : []));
  return quoted({ relname: names.at(-1) ?? '', ...(names.length > 1 ? { schemaname: names[0] ?? '' } : {}) });
}
