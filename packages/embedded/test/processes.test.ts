// What the system says of a process, read both ways.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { readProcess } from '../src/system/processes.ts';

const platform = process.platform;
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
});

test('a process is known by its parent and arguments while it runs', () => {
  const child = spawn('sleep', ['600']);
  expect(readProcess(child.pid!)).toMatchObject({ parent: process.pid, args: ['sleep', '600', ''] });
  expect(readProcess(child.pid!)!.started).not.toBe(readProcess(process.pid)!.started);
  child.kill('SIGKILL');
});

test('a dead process is unknown although its parent never asks for its end', async () => {
  const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  expect(readProcess(pid)).toMatchObject({ parent: parent.pid });
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => readProcess(pid), { timeout: 10_000 }).toBeNull();
  parent.kill('SIGKILL');
});

test.runIf(existsSync('/bin/ps'))('where there is no /proc, ps says the same', () => {
  const child = spawn('sleep', ['600']);
  const { parent } = readProcess(child.pid!)!;
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  const first = readProcess(child.pid!);
  expect(first).toMatchObject({ parent, args: ['sleep', '600'], executable: null });
  expect(readProcess(child.pid!)).toEqual(first);
  child.kill('SIGKILL');
  expect(readProcess(4_194_305)).toBeNull();
});
