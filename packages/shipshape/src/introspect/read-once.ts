// One look at the server, and whether the catalogue stood still meanwhile.
import type { Session } from '../postgres/session.ts';
import { assembleFacts } from './assemble/facts.ts';
import { columnsQuery, type FactRow, factsQuery, stampQuery } from './catalogue-query.ts';
import type { ColumnRow } from './queries/relations.ts';
import { type ServerRow, server as serverQuery } from './queries/server.ts';
import type { Reading, Scope, Server } from './reading.ts';
import { librarySchemas } from './set-aside.ts';

/**
 * To be called in a transaction, whose settings it leaves changed. Null when the catalogue was changed while it was
 * read, so that what was read may belong to no state it ever had.
 */
export async function readOnce(session: Session, scope: Scope): Promise<Reading | null> {
  const server = await readServer(session);
  const setAside = librarySchemas.filter((name) => !(scope.ownSchemas ?? []).includes(name));
  const values = [scope.tableNames ?? null, setAside];
  const facts = await session.query<FactRow>(factsQuery, values);
  const columns = await session.query<ColumnRow>(columnsQuery, values);
  const after = await session.query<FactRow>(stampQuery, values);
  const before = facts.rows.find(({ family }) => family === 'stamp');
  if (before?.fields !== after.rows[0]?.fields) return null;
  return { server, ...assembleFacts(facts.rows, columns.rows) };
}

async function readServer(session: Session): Promise<Server> {
  const { rows } = await session.query<ServerRow>(serverQuery);
  const [{ version, database, user, path }] = rows as readonly [ServerRow];
  const versionNumber = Number(version);
  return {
    versionNumber,
    version: `${Math.floor(versionNumber / 10_000)}.${versionNumber % 10_000}`,
    database,
    user,
    searchPath: JSON.parse(path) as string[],
  };
}
