// openFrame: begins a look, and asks who and where the server is.
import type { Result, Session } from '../postgres/session.ts';
import type { Frame } from './frame.ts';
import { alike, type ServerRow, server } from './queries/server.ts';

/** From here to the frame's end the server prints and plans as every other one does. */
export async function openFrame(session: Session, { open }: Frame): Promise<ServerRow> {
  return serverRowIn(await session.queryAll([open, server, alike].join(';\n')));
}

/** The first of them that has rows: what opens a frame has none, and it is one statement or several. */
export function serverRowIn(results: readonly Result<unknown>[]): ServerRow {
  const asked = results.find(({ rows }) => rows.length > 0) as Result<ServerRow>;
  return asked.rows[0] as ServerRow;
}
