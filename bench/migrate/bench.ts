// The migrate bench: whole processes that apply many small files, or find nothing to do, against psql and a bare script.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DurableServer, startDurableServer } from '../durable-server.ts';
import { median } from '../measure.ts';
import { type Migrations, runByPsql, writeMigrations } from '../migrations.ts';
import { ledger, rowOf } from './ledger.mjs';
import { hasPeers, type Peer, peerScript, peers, writePeerFolder } from './peers.ts';
import { makeUnverifiedBuild, type UnverifiedBuild } from './unverified.ts';

const command = fileURLToPath(new URL('../../packages/shipshape/bin/shipshape.cjs', import.meta.url));
const floorScript = fileURLToPath(new URL('floor.mjs', import.meta.url));
const bareScript = fileURLToPath(new URL('limit.mjs', import.meta.url));
const buildScript = fileURLToPath(new URL('run-build.cjs', import.meta.url));

const goals = new Map([
  [100, { plain: 1.8, verified: 2.2 }],
  [1000, { plain: 1.25, verified: 1.6 }],
]);

export async function run(options: readonly string[]): Promise<void> {
  const optionOf = (name: string, usual: string) =>
    options.includes(name) ? (options[options.indexOf(name) + 1] ?? usual) : usual;
  const counts = optionOf('--files', '100,1000').split(',').map(Number);
  const rounds = Number(optionOf('--rounds', '5'));
  const others = options.includes('--no-peers') ? [] : peers;
  if (others.length > 0 && !hasPeers) throw new Error('peers are not installed: npm run matrix:install');
  const unverified = await makeUnverifiedBuild();
  const server = await startDurableServer();
  console.log(
    `PostgreSQL ${server.version} on disk, Node ${process.version}, ${rounds} rounds, medians; ratios pair by pair`,
  );
  try {
    const idle: number[] = [];
    for (const count of counts) {
      const migrations = writeMigrations(count);
      try {
        idle.push(await benchCount(migrations, rounds, { server, unverified, others }));
      } finally {
        migrations.remove();
      }
    }
    const [few, many] = idle;
    if (few !== undefined && many !== undefined)
      tell(`nothing to do, ${counts[1]} files against ${counts[0]}`, many, few, many / few, 1.2);
  } finally {
    await server.stop();
    unverified.remove();
  }
}

interface Against {
  readonly server: DurableServer;
  readonly unverified: UnverifiedBuild;
  readonly others: readonly Peer[];
}

/** Milliseconds of a migrate that has nothing to do. */
async function benchCount(
  migrations: Migrations,
  rounds: number,
  { server, unverified, others }: Against,
): Promise<number> {
  const count = migrations.files.length;
  const goal = goals.get(count) ?? { plain: Number.NaN, verified: Number.NaN };
  console.log(`\n${count} migrations`);
  const snapshot = await makeSnapshot(migrations, server);
  const folders = new Map(others.map((peer) => [peer, writePeerFolder(peer, migrations)]));
  const pairs: {
    limit: number;
    floor: number;
    alone: number;
    plain: number;
    verified: number;
    idle: number;
    bare: number;
  }[] = [];
  const peerPairs = new Map(others.map((peer) => [peer, [] as { took: number; limit: number }[]]));
  for (let round = 0; round < rounds; round += 1) {
    const limit = runByPsql(await server.createDatabase(), migrations, rowOf, ledger);
    const floor = time([floorScript, migrations.folder], await server.createDatabase());
    rmSync(snapshot.file, { force: true });
    const alone = migrate(await server.createDatabase(), migrations);
    writeFileSync(snapshot.file, snapshot.text);
    const plain = migrate(await server.createDatabase(), migrations, [buildScript, unverified.main]);
    const url = await server.createDatabase();
    const verified = migrate(url, migrations);
    const bare = time([bareScript], url);
    const idle = migrate(url, migrations);
    pairs.push({ limit, floor, alone, plain, verified, bare, idle });
    for (const [peer, folder] of folders) {
      const took = time([peerScript, peer.name, folder], await server.createDatabase());
      peerPairs.get(peer)?.push({ took, limit });
    }
  }
  const of = (pick: keyof (typeof pairs)[number]) => median(pairs.map((pair) => pair[pick]));
  const against = (
    what: string,
    ours: 'floor' | 'alone' | 'plain' | 'verified' | 'idle',
    limit: 'limit' | 'bare' | 'floor',
    allowed: number,
  ) => tell(what, of(ours), of(limit), median(pairs.map((pair) => pair[ours] / pair[limit])), allowed);
  against('Node that sends all and looks at nothing', 'floor', 'limit', Number.NaN);
  against('applied, not verified, against psql', 'plain', 'limit', goal.plain);
  against('applied, not verified, against that Node', 'plain', 'floor', Number.NaN);
  against('applied and verified, against psql', 'verified', 'limit', goal.verified);
  against('applied without a snapshot, against psql', 'alone', 'limit', Number.NaN);
  for (const [{ name, each }, took] of peerPairs)
    tell(
      `${name}, ${each ? 'a transaction each' : 'one transaction'}, against psql`,
      median(took.map((pair) => pair.took)),
      of('limit'),
      median(took.map((pair) => pair.took / pair.limit)),
      Number.NaN,
    );
  against('nothing to do, against a bare script', 'idle', 'bare', 1.15);
  return of('idle');
}

function tell(what: string, ours: number, limit: number, ratio: number, goal: number): void {
  const mark = Number.isNaN(goal) ? ' ' : ratio <= goal ? '✓' : '✗';
  const wanted = Number.isNaN(goal) ? '' : ` (goal ≤ ${goal}×)`;
  console.log(
    `${mark} ${what.padEnd(46)} ${ours.toFixed(0)} ms against ${limit.toFixed(0)} ms: ${ratio.toFixed(2)}×${wanted}`,
  );
}

/** By the command itself, with the migrations' own SQL as what the code declares. */
async function makeSnapshot(
  { folder, statements }: Migrations,
  server: DurableServer,
): Promise<{ readonly file: string; readonly text: string }> {
  const declared = join(folder, '../declared.sql');
  writeFileSync(declared, statements.map((sql) => `${sql};\n`).join(''));
  time(
    [command, 'snapshot', '--migrations', folder, '--schema-sql', declared],
    await server.createDatabase(),
  );
  const file = join(folder, 'shipshape.snapshot.json');
  return { file, text: readFileSync(file, 'utf8') };
}

function migrate(url: string, { folder }: Migrations, program: readonly string[] = [command]): number {
  return time([...program, 'migrate', '--migrations', folder], url);
}

/** Milliseconds of a whole process. */
function time(args: readonly string[], url: string): number {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' },
    maxBuffer: 1e8,
  });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return took;
}
