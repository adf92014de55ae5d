// cutAt: the migrations up to the one that a command names.

import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { displayPath } from './place.ts';

/**
 * `named`: a whole name (`0051_call_log_cost_metrics`, its `.sql` too), or the number alone (`51`, `0051`).
 * Throws ShipshapeError `migration-unknown` (exit 2) where none, or more than one, is called so.
 */
export function cutAt(migrations: readonly Migration[], named: string, folder: string): readonly Migration[] {
  const wanted = named.replace(/\.sql$/, '');
  const fits = ({ id }: Migration) =>
    id === wanted ||
    (/^\d+$/.test(wanted) && /^\d+/.exec(id)?.[0].replace(/^0+/, '') === wanted.replace(/^0+/, ''));
  const [first, second] = migrations.filter(fits);
  if (first !== undefined && second === undefined) return migrations.slice(0, migrations.findIndex(fits) + 1);
  const last = migrations.at(-1)?.id ?? null;
  throw new ShipshapeError([
    makeFinding('migration-unknown', {
      named,
      folder: displayPath(folder),
      last,
      twice: second !== undefined,
    }),
  ]);
}
