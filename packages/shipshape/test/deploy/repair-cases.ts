// The folders of repair/: migrations, rows, what hands do to it, and the plan that brings it back, as people have checked it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface RepairCase {
  readonly name: string;
  /** By file name. What ends in `_pending.sql` is not applied. */
  readonly migrations: Readonly<Record<string, string>>;
  readonly rows: string;
  readonly drift: string;
  /** The first version on which what is in the way is found before anything is run: `-- foreseen from PostgreSQL 16`. */
  readonly foreseenFrom: number;
  /** Where the plan is kept. */
  readonly golden: string;
}

const folder = new URL('repair/', import.meta.url);

export function readRepairCases(): readonly RepairCase[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = (file: string) => fileURLToPath(new URL(`${name}/${file}`, folder));
      const textOf = (file: string) => (existsSync(path(file)) ? readFileSync(path(file), 'utf8') : '');
      const files = readdirSync(path('')).filter((file) => /^\d+_/.test(file));
      return {
        name,
        migrations: Object.fromEntries(files.map((file) => [file, textOf(file)])),
        rows: textOf('rows.sql'),
        drift: textOf('drift.sql'),
        foreseenFrom: Number(/^-- foreseen from PostgreSQL (\d+)$/m.exec(textOf('drift.sql'))?.[1] ?? 14),
        golden: path('plan.txt'),
      };
    });
}
