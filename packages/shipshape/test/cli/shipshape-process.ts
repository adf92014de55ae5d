// The command as people run it: a process of its own, in a project of its own.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const packageFolder = join(import.meta.dirname, '../..');
export const bin = join(packageFolder, 'bin/shipshape.cjs');

export interface Ran {
  /** Null when a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly program?: string;
  /** Called with everything that was written so far, each time that something is. */
  readonly onOutput?: (output: string, pid: number) => void;
}

/** Nothing of this process's environment goes in but what Node and the embedded server need. */
export function shipshape(args: readonly string[], options: RunOptions): Promise<Ran> {
  const { PATH, HOME = '' } = process.env;
  const child = spawn(process.execPath, [options.program ?? bin, ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const heard = () => options.onOutput?.(stdout + stderr, child.pid ?? 0);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, stdout, stderr }));
  });
}

export interface Project {
  readonly folder: string;
  remove(): void;
}

/** A copy of `project/` in a folder of its own, with this repository's packages. */
export function makeProject(): Project {
  const project = makeFolder();
  cpSync(join(import.meta.dirname, 'project'), project.folder, { recursive: true });
  symlinkSync(join(packageFolder, '../../node_modules'), join(project.folder, 'node_modules'));
  return project;
}

/** An empty folder that belongs to no project. */
export function makeFolder(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-cli-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
