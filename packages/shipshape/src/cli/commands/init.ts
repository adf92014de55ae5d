// init: a starting configuration, from what can be seen in the folder.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { findFile } from '../config.ts';
import { configName } from '../config-file.ts';
import type { Context, Outcome } from '../context.ts';

const modelPlaces = [
  'src/db/schema.ts',
  'src/db/schema',
  'src/schema.ts',
  'src/database/schema.ts',
  'src/lib/db/schema.ts',
  'lib/db/schema.ts',
  'db/schema.ts',
  'app/db/schema.ts',
  'drizzle/schema.ts',
];
const migrationPlaces = [
  'migrations',
  'db/migrations',
  'src/db/migrations',
  'database/migrations',
  'sql/migrations',
  'drizzle',
];

/** Never overwrites, and never shadows a file further up. */
export async function run({ cwd }: Context): Promise<Outcome> {
  const there = findFile(cwd).file;
  if (there !== null) {
    const file = relative(cwd, there);
    return {
      exit: 0,
      text: `${file} is there already and was left as it is\n\nnext: npx shipshape check`,
      json: { version: 1, outcome: 'unchanged', file: there },
    };
  }
  const migrations = migrationPlaces.find((place) => holdsMigrations(join(cwd, place)));
  const drizzle = modelPlaces.find((place) => existsSync(join(cwd, place)));
  const config = {
    application: basename(cwd),
    migrations: migrations ?? 'migrations',
    drizzle: drizzle ?? 'src/db/schema.ts',
  };
  const file = join(cwd, configName);
  // `wx`: two that run at once do not overwrite each other.
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' });
  const todo = [
    ...(migrations === undefined
      ? ['mkdir -p migrations     the first file is 0001_<what it does>.sql']
      : []),
    ...(drizzle === undefined ? [`correct "drizzle" in ${configName}: the path of your models`] : []),
    'npx shipshape snapshot     and commit both files',
  ];
  const lines = [
    `wrote ${configName}`,
    '',
    `  migrations  ${config.migrations}${migrations === undefined ? '   (not there yet)' : ''}`,
    `  drizzle     ${config.drizzle}${drizzle === undefined ? '   (not found: a guess)' : ''}`,
    '',
    ...todo.map((each, at) => `${at === 0 ? 'next: ' : '      '}${each}`),
  ];
  return { exit: 0, text: lines.join('\n'), json: { version: 1, outcome: 'written', file, config } };
}

function holdsMigrations(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  return readdirSync(folder).some((name) => /^\d{4,}_.*\.sql$/.test(name));
}
