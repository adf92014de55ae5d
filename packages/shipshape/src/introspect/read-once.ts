// One look at the server, and whether the catalogue stood still meanwhile.
import type { Session } from '../postgres/session.ts';
import { type Assembled, assembleFacts } from './assemble/facts.ts';
import { assembleServer } from './assemble/server.ts';
import { makeStatements } from './catalogue-query.ts';
import type { Frame } from './frame.ts';
import { openFrame } from './open-frame.ts';
import type { FactRow } from './queries/family.ts';
import type { Reading, Scope, Server } from './reading.ts';
import { librarySchemas } from './set-aside.ts';

/**
 * What tells whether the catalogue was changed during a look. `transactions`: any that ended meanwhile counts as a change.
 * Two stamps tell more, and cost as much as the columns.
 */
export type Watch = 'stamps' | 'transactions';

/**
 * Null when the catalogue may have been changed while it was read, so that what was read may belong to no state it ever
 * had. What opens and closes the frame travels with other statements: on a small database most of
 * the time is spent on the way.
 */
export async function readOnce(
  session: Session,
  scope: Scope,
  watch: Watch,
  frame: Frame,
): Promise<Reading | null> {
  try {
    const row = await openFrame(session, frame);
    const server = assembleServer(row);
    const facts = await readFacts(session, server, scope, watch, frame, row.snapshot);
    return facts === null ? null : { server, ...facts };
  } catch (error) {
    // That error says more than a failing end would: a lost connection ends everything by itself.
    await session.query(frame.abandon).catch(() => undefined);
    throw error;
  }
}

/** A first look at a whole database goes without: where nobody else writes, it is all that is needed. */
export function watchFor({ tableNames }: Scope, looksBefore: number): Watch {
  return tableNames !== undefined || looksBefore > 0 ? 'stamps' : 'transactions';
}

async function readFacts(
  session: Session,
  server: Server,
  scope: Scope,
  watch: Watch,
  frame: Frame,
  snapshot: string,
): Promise<Assembled | null> {
  const setAside = librarySchemas.filter((name) => !(scope.ownSchemas ?? []).includes(name));
  const values = [scope.tableNames ?? null, setAside];
  const statements = makeStatements({
    version: server.versionNumber,
    breadth: scope.breadth ?? 'structure',
    kinds: scope.kinds,
    counted: scope.counted === true,
    stamped: watch === 'stamps',
  });
  const { rows } = await session.query<FactRow>(statements.facts, values);
  if (watch === 'stamps') {
    const before = rows.find(({ family }) => family === 'stamp');
    const after = await session.query<FactRow>(statements.stamp, values);
    await session.query(frame.close);
    if (before?.a !== after.rows[0]?.a) return null;
  } else if ((await closeWithSnapshot(session, frame)) !== snapshot) return null;
  return assembleFacts(rows);
}

/** Which transactions are over, as one word (manual 9.28, pg_current_snapshot). */
async function closeWithSnapshot(session: Session, frame: Frame): Promise<string | undefined> {
  const { rows } = await session.query<{ snapshot: string }>(
    `${frame.close}; SELECT pg_catalog.pg_current_snapshot()::text AS snapshot`,
  );
  return rows[0]?.snapshot;
}
