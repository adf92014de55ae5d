// The replay bench: a folder of many migrations run with the provenance of everything, against psql that only runs them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBuilt } from '../built.ts';
import { median } from '../measure.ts';

type Library = typeof import('../../packages/shipshape/src/introspect/read-catalog.ts') &
  typeof import('../../packages/shipshape/src/migrate/read-folder.ts') &
  typeof import('../../packages/shipshape/src/postgres/connect.ts') &
  typeof import('../../packages/shipshape/src/postgres/parse-target.ts') &
  typeof import('../../packages/shipshape/src/prove/replay.ts');

const loadLibrary = () =>
  loadBuilt<Library>([
    'introspect/read-catalog.js',
    'migrate/read-folder.js',
    'postgres/connect.js',
    'postgres/parse-target.js',
    'prove/replay.js',
  ]);

export async function run(options: readonly string[]): Promise<void> {
  const optionOf = (name: string, usual: number) =>
    options.includes(name) ? Number(options[options.indexOf(name) + 1]) : usual;
  const [files, rounds] = [optionOf('--files', 1000), optionOf('--rounds', 3)];
  const library = await loadLibrary();
  const { startScratchServer } = await import('shipshape-embedded');
  const server = await startScratchServer();
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
  try {
    for (let at = 0; at < files; at += 1)
      writeFileSync(join(folder, `${String(at + 1).padStart(4, '0')}_step.sql`), `${migrationAt(at)};\n`);
    const read = await library.readFolder(folder);
    console.log(
      `PostgreSQL ${server.version}, Node ${process.version}, ${files} files, ${rounds} rounds, medians`,
    );
    const pairs: { readonly limit: number; readonly ours: number; readonly reading: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const limit = runByPsql(
        await server.createDatabase(),
        folder,
        read.migrations.map(({ file }) => file),
      );
      const target = library.parseTarget(await server.createDatabase(), {});
      const database = Object.assign(await library.connect(target), { target });
      const ours = await time(() => library.replay(read, database, []));
      const reading = await time(() => library.readCatalog(database));
      await database.close();
      pairs.push({ limit, ours, reading });
    }
    const of = (pick: 'limit' | 'ours' | 'reading') => median(pairs.map((pair) => pair[pick]));
    const ratio = median(pairs.map(({ limit, ours }) => ours / limit));
    console.log(
      `replay with provenance ${of('ours').toFixed(0)} ms against ${of('limit').toFixed(0)} ms of psql: ${ratio.toFixed(2)}×`,
    );
    console.log(
      `one reading of everything takes ${of('reading').toFixed(0)} ms, ${files} of them ${((of('reading') * files) / 1000).toFixed(0)} s`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

/** One in five creates a table. */
function migrationAt(at: number): string {
  const place = Math.floor(at / 5);
  const [table, other] = [`t${place}`, `t${Math.max(0, place - 1)}`];
  const forms = [
    `CREATE TABLE ${table} (id integer PRIMARY KEY, c1 text NOT NULL, c2 varchar(64), c3 integer NOT NULL DEFAULT 0,
       c4 bigint, c5 boolean NOT NULL DEFAULT false, c6 timestamptz NOT NULL DEFAULT now(), c7 jsonb)`,
    `ALTER TABLE ${table} ADD COLUMN added integer`,
    `CREATE INDEX ${table}_c1 ON ${table} (c1)`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_check CHECK (c3 >= 0)`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_fk FOREIGN KEY (added) REFERENCES ${other} (id)`,
  ];
  return forms[at % forms.length] as string;
}

/** Milliseconds of one process that runs each file in a transaction. */
function runByPsql(url: string, folder: string, files: readonly string[]): number {
  const script = join(folder, 'all.psql');
  writeFileSync(script, files.map((file) => `BEGIN;\n\\i '${file}'\nCOMMIT;\n`).join(''));
  const started = performance.now();
  const { status, stderr, error } = spawnSync(
    'psql',
    ['-q', '-X', '-v', 'ON_ERROR_STOP=1', '-f', script, url],
    {
      encoding: 'utf8',
    },
  );
  const took = performance.now() - started;
  rmSync(script);
  if (error !== undefined)
    throw new Error('psql is not installed: apt-get install postgresql-client', { cause: error });
  if (status !== 0) throw new Error(stderr);
  return took;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
