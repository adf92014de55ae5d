// The migrate bench: whole processes that apply many small files, or find nothing to do, against psql and a bare script.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DurableServer, startDurableServer } from '../durable-server.ts';
import { median } from '../measure.ts';
import { type Migrations, runByPsql, writeMigrations } from '../migrations.ts';
import { type Applied, benchIdle } from './idle.ts';
import { ledger, rowOf } from './ledger.mjs';
import { hasPeers, type Peer, peerScript, peers, writePeerFolder } from './peers.ts';
import { command, migrate, tell, time } from './processes.ts';
import { makeUnverifiedBuild, type UnverifiedBuild } from './unverified.ts';

const floorScript = fileURLToPath(new URL('floor.mjs', import.meta.url));
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
  const written: Migrations[] = [];
  try {
    const applied: Applied[] = [];
    for (const count of counts) {
      const migrations = writeMigrations(count);
      written.push(migrations);
      applied.push(await benchCount(migrations, rounds, { server, unverified, others }));
    }
    benchIdle(applied);
  } finally {
    for (const migrations of written) migrations.remove();
    await server.stop();
    unverified.remove();
  }
}

interface Against {
  readonly server: DurableServer;
  readonly unverified: UnverifiedBuild;
  readonly others: readonly Peer[];
}

/** The last of the databases to which they were applied, with the snapshot beside them. */
async function benchCount(
  migrations: Migrations,
  rounds: number,
  { server, unverified, others }: Against,
): Promise<Applied> {
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
  }[] = [];
  let url = '';
  const peerPairs = new Map(others.map((peer) => [peer, [] as { took: number; limit: number }[]]));
  for (let round = 0; round < rounds; round += 1) {
    const limit = runByPsql(await server.createDatabase(), migrations, rowOf, ledger);
    const floor = time([floorScript, migrations.folder], await server.createDatabase());
    rmSync(snapshot.file, { force: true });
    const alone = migrate(await server.createDatabase(), migrations);
    writeFileSync(snapshot.file, snapshot.text);
    const plain = migrate(await server.createDatabase(), migrations, [buildScript, unverified.main]);
    url = await server.createDatabase();
    const verified = migrate(url, migrations);
    pairs.push({ limit, floor, alone, plain, verified });
    for (const [peer, folder] of folders) {
      const took = time([peerScript, peer.name, folder], await server.createDatabase());
      peerPairs.get(peer)?.push({ took, limit });
    }
  }
  const of = (pick: keyof (typeof pairs)[number]) => median(pairs.map((pair) => pair[pick]));
  const against = (
    what: string,
    ours: 'floor' | 'alone' | 'plain' | 'verified',
    limit: 'limit' | 'floor',
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
  return { migrations, url };
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
