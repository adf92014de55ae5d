// One look at the server, and whether the catalogue stood still meanwhile.
import type { Session } from '../postgres/session.ts';
import { assembleFacts } from './assemble/facts.ts';
import { makeStatements } from './catalogue-query.ts';
import type { ColumnRow } from './queries/columns.ts';
import type { FactRow } from './queries/family.ts';
import { type ServerRow, server as serverQuery } from './queries/server.ts';
import type { Reading, Scope, Server } from './reading.ts';
import { librarySchemas } from './set-aside.ts';

/**
 * To be called in a transaction, whose settings it leaves changed. Null when the catalogue may have been changed while
 * it was read, so that what was read may belong to no state it ever had. Without `stamped` any transaction that ended
 * meanwhile counts as such a change: two stamps tell more, and cost as much as the columns.
 */
export async function readOnce(session: Session, scope: Scope, stamped: boolean): Promise<Reading | null> {
  const { server, snapshot } = await readServer(session);
  const setAside = librarySchemas.filter((name) => !(scope.ownSchemas ?? []).includes(name));
  const values = [scope.tableNames ?? null, setAside];
  const statements = makeStatements({
    version: server.versionNumber,
    breadth: scope.breadth ?? 'structure',
    limited: scope.tableNames !== undefined,
    stamped,
  });
  const facts = await session.query<FactRow>(statements.facts, values);
  const columns = await session.query<ColumnRow>(statements.columns, values);
  if (stamped) {
    const after = await session.query<FactRow>(statements.stamp, values);
    const before = facts.rows.find(({ family }) => family === 'stamp');
    if (before?.fields !== after.rows[0]?.fields) return null;
  } else if ((await readSnapshot(session)) !== snapshot) return null;
  return { server, ...assembleFacts(facts.rows, columns.rows) };
}

/** A first look at a whole database goes without: where nobody else writes, it is all that is needed. */
export function isStamped({ tableNames }: Scope, looksBefore: number): boolean {
  return tableNames !== undefined || looksBefore > 0;
}

/** Which transactions are over, as one word (manual 9.28, pg_current_snapshot). */
async function readSnapshot(session: Session): Promise<string | undefined> {
  const { rows } = await session.query<{ snapshot: string }>(
    'SELECT pg_catalog.pg_current_snapshot()::text AS snapshot',
  );
  return rows[0]?.snapshot;
}

async function readServer(session: Session): Promise<{ server: Server; snapshot: string }> {
  const { rows } = await session.query<ServerRow>(serverQuery);
  const [{ version, database, user, path, snapshot }] = rows as readonly [ServerRow];
  const versionNumber = Number(version);
  const server = {
    versionNumber,
    version: `${Math.floor(versionNumber / 10_000)}.${versionNumber % 10_000}`,
    database,
    user,
    searchPath: JSON.parse(path) as string[],
  };
  return { server, snapshot };
}
