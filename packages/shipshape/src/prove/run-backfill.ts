// runBackfill: a backfill on a scratch database, over the rows that the migrations before it have inserted.

import { assertRepeatable } from '../migrate/backfill/assert-repeatable.ts';
import { readKey, readLastKey, readSpan } from '../migrate/backfill/key.ts';
import { makeUnfit } from '../migrate/backfill/refuse-backfill.ts';
import type { Migration } from '../migrate/migration.ts';
import type { Session } from '../postgres/session.ts';
import type { Statement } from '../postgres/statement.ts';
import { ShipshapeError } from '../report/index.ts';

/**
 * One batch of all rows, in the transaction that the caller has begun; the statement is understood by the server even
 * where there are none. Throws ShipshapeError `backfill-unfit` and `backfill-not-repeatable`, and as the session does.
 */
export async function runBackfill(
  migration: Migration,
  statement: Statement,
  session: Session,
): Promise<void> {
  const backfill = migration.header?.backfill;
  if (backfill == null) throw new Error(`${migration.id} is no backfill`);
  const key = await readKey(session, backfill);
  if ('problem' in key) throw new ShipshapeError([makeUnfit(migration, key, statement.line)]);
  const until = await readLastKey(session, key);
  const span = until === null ? null : await readSpan(session, key, { after: null, until, rows: 1 });
  const change = async () => (await session.query(statement.text, [span?.from ?? null, until])).rowCount ?? 0;
  const changed = await change();
  if (changed > 0) assertRepeatable(migration, statement, changed, await change());
}
