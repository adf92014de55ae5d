// The replay bench: a folder of many migrations run with the provenance of everything, against psql that only runs them.
import { loadBuilt } from '../built.ts';
import { median } from '../measure.ts';
import { runByPsql, writeMigrations } from '../migrations.ts';

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
  const migrations = writeMigrations(files);
  try {
    const read = await library.readFolder(migrations.folder);
    console.log(
      `PostgreSQL ${server.version}, Node ${process.version}, ${files} files, ${rounds} rounds, medians`,
    );
    const pairs: { readonly limit: number; readonly ours: number; readonly reading: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const limit = runByPsql(await server.createDatabase(), migrations);
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
    migrations.remove();
    await server.stop();
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
