// A migrate that has nothing to do, against a bare script, and with many files against few.
import { fileURLToPath } from 'node:url';
import { median } from '../measure.ts';
import type { Migrations } from '../migrations.ts';
import { migrate, tell, time } from './processes.ts';

/** Migrations, and a database in which they are all applied. */
export interface Applied {
  readonly migrations: Migrations;
  readonly url: string;
}

const bareScript = fileURLToPath(new URL('limit.mjs', import.meta.url));

/** A fifth of a second each, and none more than a few milliseconds longer than another: what tells them apart is many pairs. */
const rounds = 31;

/** The first of them is held against the script, all others against the first: one of each in every round. */
export function benchIdle(applied: readonly Applied[]): void {
  console.log(`\nnothing to do, ${rounds} rounds`);
  const took = applied.map(() => ({ ours: [] as number[], bare: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { url, migrations }] of applied.entries()) {
      const ours = () => took[at]?.ours.push(migrate(url, migrations));
      const bare = () => took[at]?.bare.push(time([bareScript], url));
      for (const each of round % 2 === 0 ? [bare, ours] : [ours, bare]) each();
    }
  }
  const against = (what: string, ours: readonly number[], limit: readonly number[], goal: number) =>
    tell(what, median(ours), median(limit), median(ours.map((each, at) => each / (limit[at] ?? 0))), goal);
  const [few] = took;
  for (const [at, { ours, bare }] of took.entries()) {
    const count = applied[at]?.migrations.files.length ?? 0;
    against(`${count} files, against a bare script`, ours, bare, at === 0 ? 1.15 : Number.NaN);
    if (few !== undefined && at > 0)
      against(`${count} files, against ${applied[0]?.migrations.files.length}`, ours, few.ours, 1.2);
  }
}
