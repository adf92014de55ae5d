// The service as a process: it starts, hands over to its successor without dropping a request, and stops cleanly.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type Running, start } from '../../../../test/incident/processes.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { sid, voice } from '../support/events.ts';
import { sign, token } from '../support/service.ts';

const main = join(import.meta.dirname, '../../dist/main.js');
const numbers = { From: '+972501234567', To: '+15005550006' };

let server: TestServer;
let database: TestDatabase;
let folder: string;
let port: number;
const running: Running[] = [];

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  await makeTenant(database, { number: numbers.To });
  folder = mkdtempSync(join(tmpdir(), 'calls-process-'));
  port = await freePort();
});
afterAll(async () => {
  for (const each of running) await each.end('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function startService(env: NodeJS.ProcessEnv = {}): Running {
  const base = {
    DATABASE_URL: database.url,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_BASE_URL: 'https://calls.example.com',
    TWILIO_AUTH_TOKEN: token,
  };
  const service = start(process.execPath, [main], { cwd: folder, env: { ...base, ...env } });
  running.push(service);
  return service;
}

const readPid = () => Number(readFileSync(join(folder, 'server.pid'), 'utf8'));

function sendVoice(n: number): Promise<Response> {
  const form = Object.entries({ ...voice().params, ...numbers, CallSid: sid('CA', n) });
  return fetch(`http://127.0.0.1:${port}/webhook/incoming_call`, {
    method: 'POST',
    headers: { 'x-twilio-signature': sign('https://calls.example.com/webhook/incoming_call', form) },
    body: new URLSearchParams(form),
  });
}

test('a successor waits for its predecessor, which ends what it began; then it serves in its place', async () => {
  const old = startService();
  await old.printed(`listening on http://localhost:${port}`);
  expect(readPid()).toBe(old.pid);
  expect((await sendVoice(1)).status).toBe(200);

  const blocker = new pg.Client(database.url);
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query(`update call_log set updated_at = updated_at where call_sid = $1`, [sid('CA', 1)]);
  const answer = sendVoice(1);
  await expect
    .poll(async () => {
      const { rows } = await database.pool.query('select from pg_locks where not granted');
      return rows.length;
    })
    .toBe(1);
  const ending = old.end('SIGTERM');
  await expect
    .poll(() => fetch(`http://127.0.0.1:${port}/healthz`).then(String, (error) => error.cause.code))
    .toBe('ECONNREFUSED');
  const successor = startService();
  await successor.printed('calls may start');
  expect(readPid()).toBe(old.pid);
  await blocker.query('rollback');
  await blocker.end();

  expect((await answer).status).toBe(200);
  expect(await ending).toMatchObject({ code: 0, stderr: '' });
  await successor.printed('listening on');
  expect(readPid()).toBe(successor.pid);
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);

  expect(await successor.end('SIGINT')).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(folder, 'server.pid'))).toBe(false);

  const log = readFileSync(join(folder, 'logs/app.log'), 'utf8');
  const messages = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(messages.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['listening', 'answered', 'stopping']),
  );
  expect(log).not.toMatch(/972501234567|15005550006|recording_mode|UndefinedColumn/);
});

test('an environment that is not usable is explained whole, with exit code 2', async () => {
  const { code, stderr, stdout } = await startService({
    TWILIO_AUTH_TOKEN: '',
    PUBLIC_BASE_URL: 'calls',
    PORT: 'x',
  }).ended;
  expect(code).toBe(2);
  expect(stdout).toBe('');
  for (const name of ['TWILIO_AUTH_TOKEN', 'PUBLIC_BASE_URL', 'PORT']) expect(stderr).toContain(name);
});

test('a database that lacks a column is refused before anything listens', async () => {
  const { url, pool } = await server.makeDatabase('0050');
  const { code, stderr } = await startService({ DATABASE_URL: url }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('9 columns');
  expect(stderr).toContain('added by 0051_call_log_cost_metrics (pending)');
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  const { rows } = await pool.query(`select from pg_namespace where nspname = 'graphile_worker'`);
  expect(rows).toEqual([]);
});
