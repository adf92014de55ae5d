// The row about the server to its noun.
import type { ServerRow } from '../queries/server.ts';
import type { Server } from '../reading.ts';

export function assembleServer({ version, database, user, path }: ServerRow): Server {
  const versionNumber = Number(version);
  const major = Math.floor(versionNumber / 10_000);
  return {
    versionNumber,
    major,
    version: `${major}.${versionNumber % 10_000}`,
    database,
    user,
    searchPath: JSON.parse(path) as string[],
  };
}
