// playRound: twenty runners, struck as the round says; then the database is looked at.
import { setTimeout as pause } from 'node:timers/promises';
import type { ScratchServer } from 'shipshape-embedded';
import { startPgbouncer } from '../../packages/shipshape/test/migrate/pgbouncer.ts';
import { startProxy } from '../../packages/shipshape/test/migrate/proxy.ts';
import { type Runner, resultOf, startRunner } from '../../packages/shipshape/test/migrate/start-runner.ts';
import { withClient } from '../incident/fill.ts';
import { judgeDatabase } from './judge-database.ts';
import type { Outcome, Round, Strike } from './round.ts';
import { scenes } from './scenes.ts';

const order = { leaseSeconds: 2, waitSeconds: 60 };

/** `folderOf` writes migrations into a new folder. */
export async function playRound(
  round: Round,
  server: ScratchServer,
  folderOf: (files: Readonly<Record<string, string>>) => string,
): Promise<Outcome> {
  const began = performance.now();
  const url = await server.createDatabase();
  const scene = scenes[round.kind];
  await withClient(url, (client) => client.query(scene.setUp));
  const folder = folderOf(scene.files);
  const way = await openWay(round, url);
  try {
    const running: Runner[] = [];
    const started = Promise.all(
      round.starts.map(async (afterMs) => {
        await pause(afterMs);
        running.push(startRunner(way.url, folder, order));
      }),
    );
    const { struck, struckOpen } = await strikeAll(round, running, started, way.disturb);
    await started;
    await Promise.all(running.map(({ ended }) => ended));
    const faults = [
      ...judgeExits(round, running),
      ...(round.disturbance === 'kill' && !running.some(isStarved) ? [] : await runAgain(way.url, folder)),
      ...(await judgeDatabase(url, scene, Object.keys(scene.files))),
    ];
    return { round, struck, struckOpen, faults, seconds: (performance.now() - began) / 1000 };
  } finally {
    await way.close();
  }
}

interface Way {
  readonly url: string;
  readonly disturb: () => Promise<void>;
  close(): Promise<void>;
}

/** The runners' way to the server: straight or through pgbouncer, and where the network is to fail through a proxy as well. */
async function openWay({ transport, disturbance }: Round, url: string): Promise<Way> {
  const pooler = transport === 'pooled' ? await startPgbouncer(url, 'transaction') : null;
  const proxy =
    disturbance === 'cut' || disturbance === 'stall' ? await startProxy(pooler?.url ?? url) : null;
  const disturb = {
    kill: async () => undefined,
    cut: async () => proxy?.cut(),
    stall: async () => proxy?.stall(order.leaseSeconds * 1500),
    restart: () => crashServer(url, pooler?.url ?? url),
  }[disturbance];
  return {
    url: proxy?.url ?? pooler?.url ?? url,
    disturb,
    async close() {
      await proxy?.close();
      await pooler?.stop();
    },
  };
}

/**
 * A backend that dies by SIGKILL makes the postmaster end all others and recover from its log (manual 18.3). Waits until
 * it answers by `way`: a pooler lets some time pass before it tries again.
 */
async function crashServer(url: string, way: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    client.on('error', () => undefined);
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await client.query('SELECT').catch(() => undefined);
  }).catch(() => undefined);
  for (let tries = 0; tries < 600; tries++) {
    const answered = await withClient(way, (client) => client.query('SELECT')).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await pause(50);
  }
  throw new Error('the server did not come back within half a minute');
}

async function strikeAll(
  round: Round,
  running: readonly Runner[],
  started: Promise<unknown>,
  disturb: () => Promise<void>,
): Promise<{ struck: number; struckOpen: number }> {
  let allStarted = false;
  void started.then(() => {
    allStarted = true;
  });
  const over = () => allStarted && running.every((each) => !lives(each));
  let struck = 0;
  let struckOpen = 0;
  for (const strike of round.strikes) {
    const victim = await findVictim(strike, running, over);
    if (victim === null) break;
    struck++;
    if (hasOpenStep(victim)) struckOpen++;
    if (round.disturbance === 'kill') victim.child.kill('SIGKILL');
    else await disturb();
    await victim.ended;
  }
  return { struck, struckOpen };
}

async function findVictim(
  { on, afterMs, pick }: Strike,
  running: readonly Runner[],
  over: () => boolean,
): Promise<Runner | null> {
  const candidates = () =>
    running.filter((each) => lives(each) && (on === 'any moment' || hasOpenStep(each)));
  let waited = false;
  while (!over()) {
    const found = candidates();
    // The last one is left alive: somebody has to finish.
    if (found.length > 0 && running.filter(lives).length > 1) {
      if (waited) return found[pick % found.length] ?? null;
      waited = true;
      await pause(afterMs);
    } else await pause(5);
  }
  return null;
}

function lives({ child }: Runner): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** It has begun a migration and not said that it is applied. */
function hasOpenStep({ lines }: Runner): boolean {
  const begun = lines.filter(({ kind }) => kind === 'started').length;
  const ended = new Set(lines.flatMap((line) => (line.kind === 'applied' ? [line.applied.id] : [])));
  const last = lines.findLast((line) => line.kind === 'started');
  return begun > 0 && last?.kind === 'started' && !ended.has(last.migration);
}

/** Killed ones aside, all end well; where the network or the server failed, with a code that says so. */
function judgeExits({ disturbance }: Round, runners: readonly Runner[]): readonly string[] {
  const allowed = disturbance === 'kill' ? [0] : [0, 4, 5, 6];
  return runners
    .filter(({ child }) => child.exitCode !== null && !allowed.includes(child.exitCode))
    .filter((runner) => !isStarved(runner))
    .map((runner) => `a runner ended with ${runner.child.exitCode}: ${whatOf(runner)}`);
}

/** Twenty processes on two cores: one that is not heard of for most of its short lease ends its own work, as it should. */
function isStarved(runner: Runner): boolean {
  return resultOf(runner)?.findings[0]?.code === 'lease-lost';
}

function whatOf(runner: Runner): string {
  const findings = resultOf(runner)?.findings ?? [];
  return findings.map(({ what, because }) => `${what} (${because})`).join('; ');
}

/** What a deployment does by itself after a failure: the same command again. */
async function runAgain(url: string, folder: string): Promise<readonly string[]> {
  const again = startRunner(url, folder, order);
  const exit = await again.ended;
  return exit === 0 ? [] : [`the next run ended with ${exit}: ${whatOf(again)}`];
}
