// Stand-ins: extensions that the scratch server has in name only, so that schemas that use them can be built.
import type { Session } from '../postgres/session.ts';
import type { NotCompared } from '../report/index.ts';
import { withoutParameters } from './without-parameters.ts';

/** How their control files begin (`shipshape-embedded`, folder `stand-ins`). */
const comment = 'stand-in of shipshape-embedded:%';

/** Whether the server would take one for the extension. */
export async function offersStandIns(session: Session): Promise<boolean> {
  const { rows } = await session.query(
    'SELECT FROM pg_catalog.pg_available_extensions WHERE comment LIKE $1 LIMIT 1',
    [comment],
  );
  return rows.length > 0;
}

/** What could not be compared in a database, since stand-ins were in place of extensions that it has. */
export async function readStandIns(session: Session): Promise<readonly NotCompared[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT e.extname AS name
       FROM pg_catalog.pg_extension e
       JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.objoid = e.oid
      WHERE d.description LIKE $1
      ORDER BY 1`,
    [comment],
  );
  return rows.map(({ name }) => ({
    what: `what the extension ${name} does`,
    because: 'the embedded PostgreSQL has a stand-in with its names',
  }));
}

/** The session, which leaves out of statements what a stand-in cannot take. */
export function withStandIns<Kind extends Session>(session: Kind): Kind {
  const { query } = session;
  return Object.assign(session, {
    query: async (text: string, values?: readonly unknown[]) =>
      query.call(session, await withoutParameters(text), values),
  });
}
