// Readiness follows the process's life and the schema; the log says why in the words operators look for.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { voice } from '../support/events.ts';
import { type Service, startService } from '../support/service.ts';

const numbers = { From: '+972501234567', To: '+15005550006' };

let server: TestServer;
let database: TestDatabase;
let service: Service;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  await makeTenant(database, { number: numbers.To });
  service = await startService(database);
});
afterAll(async () => {
  await service.close();
  await server.stop();
});
beforeEach(() => {
  service.life.phase = 'serving';
});

const ready = async () => {
  const { status, text } = await service.send('/readyz');
  return { code: status, ...JSON.parse(text) };
};

test('a serving process on a whole schema is alive and ready', async () => {
  expect((await service.send('/healthz')).status).toBe(200);
  expect(await ready()).toEqual({ code: 200, status: 'ready' });
});

test.each(['starting', 'stopping'] as const)('a process that is %s is alive and not ready', async (phase) => {
  service.life.phase = phase;
  expect((await service.send('/healthz')).status).toBe(200);
  expect(await ready()).toEqual({ code: 503, status: 'not ready', why: [`the process is ${phase}`] });
});

test('a stopping process closes each connection it answers on, so that a busy client does not keep it', async () => {
  const connection = async () => (await fetch(`${service.url}/healthz`)).headers.get('connection');
  expect(await connection()).toBe('keep-alive');
  service.life.phase = 'stopping';
  expect(await connection()).toBe('close');
});

describe('a column that was dropped', () => {
  test('turns readiness off until it is back, and is logged with its SQLSTATE', async () => {
    await database.pool.query('alter table call_log rename column recording_mode to recording_mode_away');
    const refused = await service.tell(voice(), numbers);
    const { code, why } = await ready();
    await database.pool.query('alter table call_log rename column recording_mode_away to recording_mode');

    expect(refused.status).toBe(503);
    expect(code).toBe(503);
    expect(why).toEqual([
      'the schema lacks what this release needs: column "recording_mode" does not exist (42703)',
    ]);
    const faults = service.log
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => /UndefinedColumn/.test(msg));
    expect(faults[0]).toMatchObject({ sqlstate: '42703', route: '/webhook/incoming_call', level: 50 });
    expect(faults[0].detail).toContain('recording_mode');
    expect(service.log.join('')).not.toMatch(/972501234567|15005550006|insert|update|select/i);

    expect(await ready()).toEqual({ code: 200, status: 'ready' });
    expect((await service.tell(voice(), numbers)).status).toBe(200);
  });
});

test('requests are logged by route, never by URL', async () => {
  await service.send('/webhook/call_status?From=%2B972501234567');
  const lines = service.log.map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ method: 'GET', route: '/webhook/call_status', status: 403 });
  expect(service.log.join('')).not.toContain('972501234567');
});
