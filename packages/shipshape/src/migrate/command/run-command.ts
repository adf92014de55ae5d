// runCommand: the team's own tool, given a database, a limit, and no way to ask questions.
import { type ChildProcess, spawn } from 'node:child_process';

/** Of its output, what a finding shows. */
const shownLines = 12;
/** How long a polite end may take. */
const graceMs = 2000;
/** How long the rest of its output is waited for. */
const drainMs = 500;

export interface CommandRun {
  /** For the shell. */
  readonly command: string;
  readonly cwd: string;
  readonly timeoutSeconds: number;
  /** Beside our own environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends it before its time. */
  readonly signal?: AbortSignal | undefined;
  /** What is said of the server when it hangs, asked before it is ended. */
  readonly describe: () => Promise<readonly string[]>;
}

/** `output`: its last lines, without the password. */
export type CommandEnd =
  | { readonly kind: 'done' | 'stopped'; readonly output: readonly string[] }
  | { readonly kind: 'failed'; readonly how: string; readonly output: readonly string[] }
  | { readonly kind: 'hung'; readonly sessions: readonly string[]; readonly output: readonly string[] };

/** No process of the command is left when it returns; its sessions on the server may be. */
export async function runCommand({
  command,
  cwd,
  timeoutSeconds,
  variables,
  signal,
  describe,
}: CommandRun): Promise<CommandEnd> {
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
    child.on('close', (code, killedBy) => resolve(code === 0 ? null : describeEnd(code, killedBy)));
    // What it left running in a group of its own may hold its output open for ever.
    child.on('exit', () => setTimeout(() => hangUp(child), drainMs).unref());
  });
  const endWithUs = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  try {
    const how = await within(ended, timeoutSeconds, signal);
    const last = () => lastLines(output.join(''), variables.PGPASSWORD);
    if (how === 'stop') {
      await endGroup(child, ended);
      return { kind: 'stopped', output: last() };
    }
    if (how === 'hangs') {
      const sessions = await describe();
      await endGroup(child, ended);
      return { kind: 'hung', sessions, output: last() };
    }
    return how === null ? { kind: 'done', output: last() } : { kind: 'failed', how, output: last() };
  } finally {
    process.off('exit', endWithUs);
  }
}

function hangUp({ stdout, stderr }: ChildProcess): void {
  stdout?.destroy();
  stderr?.destroy();
}

function describeEnd(code: number | null, signal: string | null): string {
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}

async function within<T>(
  ended: Promise<T>,
  seconds: number,
  signal?: AbortSignal,
): Promise<T | 'hangs' | 'stop'> {
  if (signal?.aborted === true) return 'stop';
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const limit = new Promise<'hangs' | 'stop'>((resolve) => {
    timer = setTimeout(() => resolve('hangs'), seconds * 1000);
    stop = () => resolve('stop');
    signal?.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([ended, limit]).finally(() => {
    clearTimeout(timer);
    if (stop !== undefined) signal?.removeEventListener('abort', stop);
  });
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
  // As it is, and as an address writes it.
  const secrets = password === undefined || password === '' ? [] : [password, encodeURIComponent(password)];
  const told = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
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
