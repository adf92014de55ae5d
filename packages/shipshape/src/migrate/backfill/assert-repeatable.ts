// assertRepeatable: a statement that was run twice over the same rows has to have changed none the second time.
import type { Statement } from '../../postgres/statement.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Migration } from '../migration.ts';
import { displayPlace, placeOf } from '../place.ts';

/** Throws ShipshapeError `backfill-not-repeatable` (exit 3), for the caller to roll back. */
export function assertRepeatable(
  migration: Migration,
  { line }: Statement,
  rows: number,
  again: number,
): void {
  if (again === 0) return;
  const data = { migration: migration.id, place: displayPlace(migration, line), rows, again };
  throw new ShipshapeError([makeFinding('backfill-not-repeatable', data, placeOf(migration, line))]);
}
