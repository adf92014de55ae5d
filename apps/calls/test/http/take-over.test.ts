// Port and pid file pass from one process to the next; nobody removes what is another's.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPidFile, removeOwnPidFile, writePidFile } from '../../src/http/pid-file.ts';
import { type Place, PlaceTakenError, takeOver } from '../../src/http/take-over.ts';

let folder: string;
let pidFile: string;
const endings: (() => unknown)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'calls-place-'));
  pidFile = join(folder, 'server.pid');
});
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
  rmSync(folder, { recursive: true, force: true });
});

const place = (port: number, patienceMs = 10_000): Place => ({
  host: '127.0.0.1',
  port,
  pidFile,
  patienceMs,
});

function makeServer() {
  const app = fastify();
  endings.push(() => app.close());
  return app;
}

function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  endings.push(() => server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, port: (server.address() as { port: number }).port }),
    );
  });
}

function startOther(): { pid: number; end: () => Promise<void> } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const end = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  endings.push(end);
  return { pid: child.pid!, end };
}

test('an empty place is taken at once, and the file names this process', async () => {
  const { port } = await takeOver(makeServer(), place(0));
  expect(port).toBeGreaterThan(0);
  expect(readFileSync(pidFile, 'utf8')).toBe(`${process.pid}\n`);
});

test('a port is waited for until it is free', async () => {
  const { server, port } = await occupyPort();
  let taken = false;
  const taking = takeOver(makeServer(), place(port)).then(() => {
    taken = true;
  });
  // Another server fails at once where this one waits.
  await expect(makeServer().listen({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  expect(taken).toBe(false);
  expect(existsSync(pidFile)).toBe(false);
  server.close();
  await taking;
  expect(readPidFile(pidFile)).toBe(process.pid);
});

test('a port that stays taken is an error that names the server, and leaves its pid file', async () => {
  const { port } = await occupyPort();
  const other = startOther();
  writeFileSync(pidFile, `${other.pid}\n`);
  const taking = takeOver(makeServer(), place(port, 100));
  await expect(taking).rejects.toThrow(PlaceTakenError);
  await expect(taking).rejects.toThrow(`port ${port} is taken, probably by the server with pid ${other.pid}`);
  expect(readPidFile(pidFile)).toBe(other.pid);
});

test('the process named in the file is waited for, even when the port is free', async () => {
  const other = startOther();
  writeFileSync(pidFile, `${other.pid}\n`);
  const app = makeServer();
  const taking = takeOver(app, place(0));
  // By the time that a server without a predecessor listens, this one would as well.
  await takeOver(makeServer(), { ...place(0), pidFile: join(folder, 'other.pid') });
  expect(app.server.listening).toBe(false);
  await other.end();
  await taking;
  expect(readPidFile(pidFile)).toBe(process.pid);
});

test.each(['999999999\n', `${process.pid}\n`, 'nonsense', '', '-1'])(
  'a stale file (%j) holds nobody up',
  async (text) => {
    writeFileSync(pidFile, text);
    const started = performance.now();
    await takeOver(makeServer(), place(0));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(readPidFile(pidFile)).toBe(process.pid);
  },
);

test('only the own pid file is removed', () => {
  writePidFile(pidFile);
  writeFileSync(pidFile, '1\n');
  removeOwnPidFile(pidFile);
  expect(readPidFile(pidFile)).toBe(1);
  writePidFile(pidFile);
  removeOwnPidFile(pidFile);
  expect(existsSync(pidFile)).toBe(false);
  removeOwnPidFile(pidFile);
});
