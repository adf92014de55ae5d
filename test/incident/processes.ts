// Real processes for the scenarios: started, watched by what they print, ended by their pid.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface RunResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface Running {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when the process has printed the text; rejects when it ends before. */
  readonly printed: (text: string) => Promise<void>;
  readonly ended: Promise<RunResult>;
  /** Signals the process by its pid and waits for its end. */
  readonly end: (signal?: NodeJS.Signals) => Promise<RunResult>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

export function start(command: string, args: readonly string[], options: StartOptions): Running {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  const hear = (write: (text: string) => void) => (chunk: Buffer) => {
    write(chunk.toString());
    for (const watch of watchers) watch();
  };
  child.stdout?.on(
    'data',
    hear((text) => {
      stdout += text;
    }),
  );
  child.stderr?.on(
    'data',
    hear((text) => {
      stderr += text;
    }),
  );
  const ended = endOf(child).then(({ code, signal }) => ({
    code,
    signal,
    stdout,
    stderr,
    milliseconds: performance.now() - started,
  }));
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (!stdout.includes(text) && !stderr.includes(text)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        ended.then(
          () => reject(new Error(`ended before it printed "${text}":\n${stdout}\n${stderr}`)),
          reject,
        );
      }),
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs to the end. */
export function run(command: string, args: readonly string[], options: StartOptions): Promise<RunResult> {
  return start(command, args, options).ended;
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
}

/** A port of this machine that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
