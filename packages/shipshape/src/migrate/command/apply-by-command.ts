// applyByCommand: the pending migrations applied by the team's own tool, while we hold the lock.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { isConnectionLost } from '../connection-lost.ts';
import type { Migration } from '../migration.ts';
import { jitter } from '../poll.ts';
import { type Scene, standOf } from '../scene.ts';
import { describeSessions } from './describe-sessions.ts';
import type { ReplayCommand } from './replay-command.ts';
import { type CommandEnd, runCommand } from './run-command.ts';
import { variablesOf } from './variables-of.ts';

/** A migration may take its time; a command that hangs is told of long before. */
const defaultSeconds = 3600;
const tellEveryMs = 5000;
/** How soon a lease that is lost ends the command. */
const watchEveryMs = 250;
const firstPauseMs = 200;
const longestPauseMs = 5000;

/**
 * What the tool's own table says afterwards is what was applied, whatever the command says. It is called again while it fails for a
 * lock that did not come in time, since its tool goes on behind what it has applied. Throws ShipshapeError (exit 6)
 * `command-failed`, `command-hung`, `command-left-pending`, `migration-interrupted`, `lease-lost`.
 */
export async function applyByCommand(
  scene: Scene,
  order: ReplayCommand,
  pending: readonly Migration[],
): Promise<void> {
  const { command } = order;
  const began = performance.now();
  const until = began + scene.order.waitSeconds * 1000;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    scene.order.on({ kind: 'command', words: `"${command}" for ${pending.map(({ id }) => id).join(', ')}` });
    const end = await call(scene, order);
    await note(scene, pending, performance.now() - began);
    const inMs = jitter(pause);
    if (end.kind === 'failed' && lackedLock(end) && performance.now() + inMs < until) {
      scene.order.on({
        kind: 'command',
        words: `a lock did not come in time: again in ${Math.round(inMs)} ms`,
      });
      await sleep(inMs, undefined, { signal: scene.order.signal });
      continue;
    }
    assertDone(scene, order, end);
    return;
  }
}

function assertDone(
  scene: Scene,
  { command, timeoutSeconds = defaultSeconds }: ReplayCommand,
  end: CommandEnd,
): void {
  const { order, lock, progress } = scene;
  const stand = standOf(progress);
  const { output } = end;
  const reason = lock.heartbeat.lostBecause();
  if (reason !== null) throw new ShipshapeError([makeFinding('lease-lost', { reason, ...stand })]);
  if (end.kind === 'stopped') {
    order.signal?.throwIfAborted();
    return;
  }
  if (end.kind === 'failed')
    throw new ShipshapeError([makeFinding('command-failed', { command, how: end.how, output, ...stand })]);
  if (end.kind === 'hung') {
    const data = { command, seconds: timeoutSeconds, sessions: end.sessions, output, ...stand };
    throw new ShipshapeError([makeFinding('command-hung', data)]);
  }
  if (progress.left.length > 0)
    throw new ShipshapeError([makeFinding('command-left-pending', { command, output, ...stand })]);
}

async function call({ order, runner, lock }: Scene, { command, cwd, timeoutSeconds }: ReplayCommand) {
  const stop = new AbortController();
  const watch = setInterval(() => {
    if (lock.heartbeat.lostBecause() !== null) stop.abort();
  }, watchEveryMs);
  const tell = setInterval(async () => {
    // A look that fails says nothing: whether the connection lives is the heartbeat's question.
    const waiting = await describeSessions(runner.beat, 'waiting').catch(() => []);
    for (const words of waiting) order.on({ kind: 'command', words });
  }, tellEveryMs);
  try {
    return await runCommand({
      command,
      cwd,
      timeoutSeconds: timeoutSeconds ?? defaultSeconds,
      variables: { ...addressOf(order.target), ...(runner.pooled ? {} : optionsOf(order)) },
      signal: order.signal === undefined ? stop.signal : AbortSignal.any([order.signal, stop.signal]),
      describe: () => describeSessions(runner.beat, 'waiting'),
    });
  } finally {
    clearInterval(watch);
    clearInterval(tell);
  }
}

function addressOf(target: Target): Readonly<Record<string, string>> {
  return variablesOf({ ...target, password: target.password === null ? null : target.password() });
}

/** A backend whose client was ended goes by itself, even while it waits. A pooler takes no such options. */
function optionsOf({ target, lockTimeoutMs }: Scene['order']): Readonly<Record<string, string>> {
  const limits = `-c lock_timeout=${lockTimeoutMs} -c client_connection_check_interval=1000`;
  return { PGOPTIONS: [process.env.PGOPTIONS, target.options, limits].filter(Boolean).join(' ') };
}

/** 55P03; tools print the code, or the server's message. */
function lackedLock({ output }: CommandEnd): boolean {
  return output.some((line) => /55P03|lock timeout/.test(line));
}

/** What the tool's table has that it did not have. */
async function note(scene: Scene, pending: readonly Migration[], milliseconds: number): Promise<void> {
  const { order, runner, progress } = scene;
  try {
    const history = await order.book.readHistory(runner.work, order.migrations, order.scope);
    const still = new Set(history.pending.map(({ id }) => id));
    const told = new Set(progress.applied.map(({ id }) => id));
    for (const { id } of pending.filter((each) => !still.has(each.id) && !told.has(each.id))) {
      const applied = { id, words: [], milliseconds };
      progress.applied.push(applied);
      order.on({ kind: 'applied', applied, verified: false });
    }
    progress.left = pending.filter(({ id }) => still.has(id)).map(({ id }) => id);
  } catch (error) {
    // A lease that is lost has ended this session; what is known then is what was known before.
    if (!isConnectionLost(error)) throw error;
  }
}
