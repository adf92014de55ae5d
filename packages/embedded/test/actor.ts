// Starts processes that use the package, tells them what to do, and looks at what is left of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type RunningProcess, readProcess } from '../src/system/processes.ts';

/** Processes run the build, on Node 20 as well: the keeper is a program of its own and cannot be TypeScript. */
export const builtPackage = createRequire(import.meta.url).resolve('shipshape-embedded');

export interface Actor {
  readonly child: ChildProcess;
  /** Resolves with what the act gave; throws an Error with code, because and do. */
  ask<T = unknown>(act: string, options?: object): Promise<T>;
  /** The code with which the kept server was lost. */
  readonly lost: Promise<string>;
  /** With -9 the kernel does it: no handler of the process runs. */
  kill(signal?: NodeJS.Signals): void;
  /** The whole group that it leads. */
  killGroup(): void;
}

interface Message {
  readonly value?: unknown;
  readonly error?: object;
  readonly lost?: string;
}

const running = new Set<ChildProcess>();

/** For the end of each test. */
export function endActors(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}

export async function startActor(
  options: {
    packageMain?: string;
    env?: NodeJS.ProcessEnv;
    uid?: number;
    gid?: number;
    program?: string;
  } = {},
): Promise<Actor> {
  const { packageMain = builtPackage, env = process.env, program, ...account } = options;
  const child = spawn(process.execPath, [program ?? fileURLToPath(new URL('./actor.mjs', import.meta.url))], {
    env: { ...env, PACKAGE: pathToFileURL(packageMain).href, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: true,
    cwd: '/',
    ...account,
  });
  running.add(child);
  const lost = new Promise<string>((resolve) => {
    child.on('message', (message: Message) => {
      if (message.lost !== undefined) resolve(message.lost);
    });
  });
  const answer = <T>() =>
    new Promise<T>((resolve, reject) => {
      const take = (message: Message) => {
        if (message.lost !== undefined) return;
        child.off('message', take);
        if (message.error === undefined) resolve(message.value as T);
        else reject(Object.assign(new Error('the actor threw'), message.error));
      };
      child.on('message', take);
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`the actor ended with ${signal ?? code}`)));
    });
  await answer();
  return {
    child,
    lost,
    ask(act, told) {
      const answered = answer();
      child.send({ act, options: told });
      return answered as never;
    },
    kill: (signal = 'SIGKILL') => void child.kill(signal),
    killGroup: () => void process.kill(-child.pid!, 'SIGKILL'),
  };
}

export interface FoundProcess extends RunningProcess {
  readonly pid: number;
}

/** Every process with this among its arguments, or in one of them: the postmaster of a folder, a folder's keeper. */
export function findProcesses(argument: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const found = readProcess(Number(name));
      return found?.args.some((arg) => arg.includes(argument)) ? [{ pid: Number(name), ...found }] : [];
    });
}
