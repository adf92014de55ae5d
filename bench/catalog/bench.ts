// The catalog bench: reading and judging what a need asks about, against one bare query, by size of the schema.

import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBuilt } from '../built.ts';
import { startDurableServer } from '../durable-server.ts';
import { measure, median } from '../measure.ts';
import { bareQuery } from './bare-query.mjs';
import { makeStatements, renderDrizzle } from './database.ts';
import { duel, type Limit, tell } from './duel.ts';
import { type Peer, peers } from './peers.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const bin = join(root, 'packages/shipshape/bin/shipshape.cjs');

type Library = typeof import('../../packages/shipshape/src/introspect/read-needed.ts') &
  typeof import('../../packages/shipshape/src/introspect/read-sealed.ts') &
  typeof import('../../packages/shipshape/src/postgres/connect.ts') &
  typeof import('../../packages/shipshape/src/postgres/parse-target.ts') &
  typeof import('../../packages/shipshape/src/compare/compare.ts') &
  typeof import('../../packages/shipshape/src/need/judge.ts') &
  typeof import('../../packages/shipshape/src/need/lookup.ts') &
  typeof import('../../packages/shipshape/src/need/make-need.ts') &
  typeof import('../../packages/shipshape/src/snapshot/make-snapshot.ts') &
  typeof import('../../packages/shipshape/src/snapshot/render-snapshot.ts') &
  typeof import('../../packages/shipshape/src/catalog/index.ts');

const loadLibrary = () =>
  loadBuilt<Library>([
    'introspect/read-needed.js',
    'introspect/read-sealed.js',
    'postgres/connect.js',
    'postgres/parse-target.js',
    'compare/compare.js',
    'need/judge.js',
    'need/lookup.js',
    'need/make-need.js',
    'snapshot/make-snapshot.js',
    'snapshot/render-snapshot.js',
    'catalog/index.js',
  ]);

interface Sizes {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly withPeers: boolean;
}

export async function run(options: readonly string[]): Promise<void> {
  const { sizes, rounds, withPeers } = parseOptions(options);
  const library = await loadLibrary();
  // As users have one: a scratch server takes its memory otherwise, which makes it twice as fast at this.
  const server = await startDurableServer();
  // Outside the project, whose configuration would be found; the models still need their ORM.
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const totals: { readonly tables: number; readonly cpu: number }[] = [];
  try {
    console.log(
      `PostgreSQL ${server.version}, Node ${process.version}, ${rounds} rounds, medians; ratios pair by pair\n`,
    );
    for (const tables of sizes) {
      const url = await server.createDatabase();
      const session = await library.connect(library.parseTarget(url, {}), { applicationName: 'bench' });
      try {
        // Only what is read is measured.
        await session.query('SET synchronous_commit TO off');
        for (const statement of makeStatements(tables)) await session.query(statement);
        await session.query('ANALYZE');
        console.log(`${tables} tables of 15 columns`);
        await benchInProcess(
          library,
          session,
          () => library.connect(library.parseTarget(url, {})),
          // So short a time needs many to be told from the machine's own.
          tables <= 100 ? rounds * 10 : rounds * 2,
        );
        const postmaster = postmasterOf(session);
        const files = await writeProject(library, session, folder, tables);
        totals.push({ tables, cpu: await benchProcesses(url, files, postmaster, rounds) });
        if (withPeers) await benchPeers(url, files.models, tables, postmaster);
      } finally {
        await session.close();
      }
      console.log('');
    }
    tellGrowth(totals);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

type Session = Awaited<ReturnType<Library['connect']>>;

/** Each in a session of its own, as a start has one: what a server looks up for the first time costs most. */
async function benchInProcess(
  library: Library,
  session: Session,
  open: () => Promise<Session>,
  pairs: number,
): Promise<void> {
  const { need, reading } = await readNeedOf(library, session);
  const judgeAll = (read: typeof reading) => {
    const { searchPath } = read.server;
    const lookup = library.lookIn(read, searchPath);
    return library.judge(need, { catalog: { objects: [] }, searchPath, lookup });
  };
  const duels: Readonly<Record<string, (own: Session) => Promise<unknown>>> = {
    'read for a need': (own) => library.readNeeded(own),
    'read for a need, and judged': async (own) => judgeAll(await library.readNeeded(own)),
    'sealed tables': (own) => library.readSealed(own),
  };
  const bare = (own: Session) => own.query(bareQuery);
  for (const [name, ours] of Object.entries(duels)) await duelInProcess(name, open, bare, ours, pairs);
  const { catalog } = reading;
  const compared = await time(async () => library.compare(catalog, catalog));
  console.log(`  compare ${compared.toFixed(0)} ms`);
}

async function duelInProcess(
  name: string,
  open: () => Promise<Session>,
  limit: (session: Session) => Promise<unknown>,
  ours: (session: Session) => Promise<unknown>,
  wanted: number,
): Promise<void> {
  const inSession = async (ask: (session: Session) => Promise<unknown>) => {
    const own = await open();
    const took = await time(() => ask(own));
    await own.close();
    return took;
  };
  await inSession(limit);
  await inSession(ours);
  const pairs: [number, number][] = [];
  for (let round = 0; round < wanted; round += 1)
    pairs.push(
      round % 2 === 0
        ? [await inSession(limit), await inSession(ours)]
        : ([await inSession(ours), await inSession(limit)].reverse() as [number, number]),
    );
  tell(
    name,
    median(pairs.map(([, took]) => took)),
    median(pairs.map(([took]) => took)),
    median(pairs.map(([least, took]) => took / least)),
    1.3,
  );
}

/** Of all that is there, as models would need it that name everything without a schema. */
async function readNeedOf(library: Library, session: Session) {
  const reading = await library.readNeeded(session);
  const { catalog, server } = reading;
  const unqualified = catalog.objects
    .filter((object) => object.kind === 'table' || object.kind === 'enum')
    .map((object) => library.renderAddressKey(library.addressOf(object)));
  const need = library.makeNeed({ catalog, silence: [], origin: {}, unqualified, printed: server.major });
  return { need, reading };
}

interface ProjectFiles {
  readonly folder: string;
  readonly models: string;
  readonly snapshot: string;
}

async function writeProject(
  library: Library,
  session: Session,
  folder: string,
  tables: number,
): Promise<ProjectFiles> {
  const models = join(folder, `models-${tables}.mjs`);
  writeFileSync(models, renderDrizzle(tables));
  // As users write them; what the peers load is the same without a compiler.
  writeFileSync(models.replace(/\.mjs$/, '.ts'), renderDrizzle(tables));
  const { need, reading } = await readNeedOf(library, session);
  const said = await library.readSealed(session);
  const snapshot = join(folder, `snapshot-${tables}.json`);
  const made = library.makeSnapshot({
    postgres: 18,
    migrations: [],
    catalog: reading.catalog,
    provenance: {},
    need,
    sealed: { ...said, searchPath: said.server.searchPath },
  });
  writeFileSync(snapshot, library.renderSnapshot(made));
  return { folder, models, snapshot };
}

async function benchProcesses(
  url: string,
  { folder, models, snapshot }: ProjectFiles,
  postmaster: number,
  rounds: number,
): Promise<number> {
  const env = { DATABASE_URL: url };
  const query = { args: [join(here, 'limit.mjs')], cwd: folder, env };
  const ours = { args: [bin, 'verify', '--snapshot', snapshot], cwd: folder, env };
  const alone: Limit = { processes: [query], allowed: ([asked = 0]) => asked };
  const cost = await duel('verify, need from the snapshot', alone, ours, postmaster, rounds, 1.25);
  // A second each, in which the collector of either may come once more: a handful of pairs tells 1.07 or 1.33.
  const many = Math.max(rounds, 15);
  for (const [name, file, pairs] of [
    ['verify, models in TypeScript', models.replace(/\.mjs$/, '.ts'), rounds],
    ['verify, models in JavaScript', models, many],
  ] as const) {
    const withModels: Limit = {
      processes: [query, { ...query, args: [...query.args, '--models', file] }],
      // What the snapshot's need may cost, and the import of the models on top.
      allowed: ([asked = 0, imported = 0]) => 1.25 * asked + (imported - asked),
    };
    await duel(name, withModels, { ...ours, args: [bin, 'verify', '--drizzle', file] }, postmaster, pairs, 1);
  }
  return cost.clientCpuMs + cost.serverCpuMs;
}

async function benchPeers(url: string, models: string, tables: number, postmaster: number): Promise<void> {
  if (!existsSync(join(root, 'bench/peers/node_modules'))) {
    console.log('  peers are not installed: npm ci --prefix bench/peers');
    return;
  }
  for (const peer of peers.filter(({ most }) => tables <= most))
    await tellPeer(peer, url, models, tables, postmaster);
}

async function tellPeer(
  peer: Peer,
  url: string,
  models: string,
  tables: number,
  postmaster: number,
): Promise<void> {
  const cost = await measure(peer.command({ url, models, tables }), postmaster);
  const figures =
    cost === null
      ? 'killed at its limit'
      : `${cost.wallMs.toFixed(0)} ms · cpu ${cost.clientCpuMs.toFixed(0)} + ${cost.serverCpuMs.toFixed(0)} ms · peak ${cost.peakMb.toFixed(0)} MB`;
  console.log(`  ${peer.name.padEnd(34)} ${figures}`);
}

function tellGrowth(totals: readonly { readonly tables: number; readonly cpu: number }[]): void {
  const [small, large] = totals.slice(-2);
  if (small === undefined || large === undefined) return;
  const exponent = Math.log(large.cpu / small.cpu) / Math.log(large.tables / small.tables);
  console.log(
    `CPU of verify grows as tables^${exponent.toFixed(2)} from ${small.tables} to ${large.tables} (goal ≤ 1.1)`,
  );
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function postmasterOf(session: Session): number {
  const text = readFileSync(`/proc/${session.pid}/stat`, 'utf8');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

function parseOptions(options: readonly string[]): Sizes {
  const optionOf = (flag: string, usual: string) => {
    const at = options.indexOf(flag);
    return at === -1 ? usual : (options[at + 1] ?? usual);
  };
  return {
    sizes: optionOf('--sizes', '10,100,1000,5000').split(',').map(Number),
    rounds: Number(optionOf('--rounds', '5')),
    withPeers: !options.includes('--no-peers'),
  };
}
