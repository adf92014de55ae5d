// runCommand: the team's own tool, given a scratch database, a limit, and no way to ask questions.
import { type ChildProcess, spawn } from 'node:child_process';
import { withoutConstants } from '../migrate/without-constants.ts';
import type { Session } from '../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

export interface ReplayCommand {
  /** For the shell: `npm run migrate`. `{migration}` in it stands for one migration's name: it is then run for each. */
  readonly command: string;
  /** Where it runs. */
  readonly cwd: string;
  /** For each run; 120 when left out. */
  readonly timeoutSeconds?: number | undefined;
}

const defaultSeconds = 120;
/** Of its output, what a finding shows. */
const shownLines = 12;
/** How long a polite end may take. */
const graceMs = 2000;
/** How long the rest of its output is waited for. */
const drainMs = 500;

/**
 * `session` is one of ours in the same database. Throws ShipshapeError `replay-failed` or `replay-hung`; no process and
 * no session of the command is left then.
 */
export async function runCommand(
  { cwd, timeoutSeconds = defaultSeconds }: ReplayCommand,
  command: string,
  variables: Readonly<Record<string, string>>,
  session: Session,
): Promise<void> {
  const child = spawn(command, {
    cwd,
    shell: true,
    // A group of its own: what the shell has started ends with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(String(bytes)));
  const ended = new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(`could not be started (${error.message})`));
    child.on('close', (code, signal) => resolve(code === 0 ? null : describeEnd(code, signal)));
    // What it left running in a group of its own may hold its output open for ever.
    child.on('exit', () => setTimeout(() => hangUp(child), drainMs).unref());
  });
  const endWithUs = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  try {
    const how = await within(ended, timeoutSeconds);
    const last = () => lastLines(output.join(''), variables.PGPASSWORD);
    if (how === 'hangs') {
      const sessions = await describeSessions(session);
      await endGroup(child, ended);
      const data = { command, seconds: timeoutSeconds, sessions, output: last() };
      throw new ShipshapeError([makeFinding('replay-hung', data)]);
    }
    if (how !== null)
      throw new ShipshapeError([makeFinding('replay-failed', { command, how, output: last() })]);
  } finally {
    process.off('exit', endWithUs);
    await endSessions(session);
  }
}

function hangUp({ stdout, stderr }: ChildProcess): void {
  stdout?.destroy();
  stderr?.destroy();
}

function describeEnd(code: number | null, signal: string | null): string {
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}

async function within<T>(ended: Promise<T>, seconds: number): Promise<T | 'hangs'> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'hangs'>((resolve) => {
    timer = setTimeout(() => resolve('hangs'), seconds * 1000);
  });
  return Promise.race([ended, limit]).finally(() => clearTimeout(timer));
}

async function endGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  if ((await within(ended, graceMs / 1000)) === 'hangs') signalGroup(child, 'SIGKILL');
  await ended;
}

function signalGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function lastLines(text: string, password: string | undefined): readonly string[] {
  const told = password === undefined || password === '' ? text : text.replaceAll(password, '…');
  return (
    told
      // Colours and other orders to a terminal.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are made of
      .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
      .split(/\r?\n/)
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .slice(-shownLines)
  );
}

interface SessionRow {
  readonly pid: number;
  readonly state: string;
  readonly waits: string | null;
  readonly blockers: readonly number[];
  readonly seconds: number;
  readonly query: string;
}

const others = `FROM pg_catalog.pg_stat_activity
  WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'`;

async function describeSessions(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<SessionRow>(
    `SELECT pid, coalesce(state, 'unknown') AS state, wait_event_type AS waits, pg_catalog.pg_blocking_pids(pid) AS blockers,
       pg_catalog.floor(extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(state_change, backend_start)))::int AS seconds,
       query ${others} ORDER BY pid`,
  );
  return rows.map(({ pid, state, waits, blockers, seconds, query }) => {
    const statement = withoutConstants(query);
    const doing =
      blockers.length > 0
        ? `waits for ${blockers.map((blocker) => `pid ${blocker}`).join(', ')}`
        : state === 'active' && waits !== null
          ? `waits (${waits})`
          : state;
    return `pid ${pid} ${doing} for ${seconds} s${statement === null ? '' : `, ${state === 'active' ? 'in' : 'after'}: ${statement}`}`;
  });
}

/** A backend that waits for a lock does not notice that its client is gone. */
async function endSessions(session: Session): Promise<void> {
  await session.query(`SELECT pg_catalog.pg_terminate_backend(pid) ${others}`);
}
