// findVersion: which server's catalogue is about to be asked, so that its columns are called as it calls them.
import type { Session } from '../postgres/session.ts';

/** As the server said when it was joined, 180000 for any 18; one that said nothing that we understand is asked. */
export async function findVersion(session: Session): Promise<number> {
  const [major] = /^\d+/.exec(session.serverVersion) ?? [];
  if (major !== undefined) return Number(major) * 10_000;
  const { rows } = await session.query<{ version: string }>(
    `SELECT pg_catalog.current_setting('server_version_num') AS version`,
  );
  return Number(rows[0]?.version);
}
