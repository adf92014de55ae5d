// `server.pid`: which process serves here. Each process removes only a file that names itself.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** The pid in the file; null when there is no file or no pid in it. */
export function readPidFile(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function writePidFile(file: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  renameSync(own, file);
}

export function removeOwnPidFile(file: string): void {
  if (readPidFile(file) === process.pid) rmSync(file, { force: true });
}

/** Whether a process with this pid runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
