// Downloads over real HTTP: what is kept, what is refused, what is worth another attempt.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadRecording, type RecordingSettings } from '../../src/jobs/download-recording.ts';
import { HopelessError } from '../../src/jobs/hopeless.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const recordingSid = `RE${'2'.repeat(32)}`;

let folder: string;
let server: Server;
let origin: string;
let answer: RequestListener;
let requests: IncomingMessage[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

function download(
  url: string,
  settings: Partial<RecordingSettings> = {},
  signal = new AbortController().signal,
) {
  const usual = { folder, origins: [origin], credentials: null, maxBytes: 100_000, timeoutMs: 10_000 };
  return downloadRecording({ businessId: 7, recordingSid, url }, { ...usual, ...settings }, signal);
}

async function listFiles(): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const recordingUrl = (): string => `${origin}/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}`;

test('a recording is stored under its own SID, readable for nobody else', async () => {
  const body = Buffer.from('the audio');
  answer = (_, response) => response.end(body);
  const file = await download(recordingUrl());
  expect(requests[0]!.url).toBe(`/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}.wav`);
  expect(file).toEqual({
    path: join(folder, '7', `${recordingSid}.wav`),
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  });
  expect(await readFile(file.path)).toEqual(body);
  expect(await listFiles()).toEqual([file.path]);
  expect((await stat(file.path)).mode & 0o077).toBe(0);
});

test('the account is asked with its password, any other path without', async () => {
  answer = (_, response) => response.end('audio');
  const credentials = { accountSid, authToken: 'secret' };
  await download(recordingUrl(), { credentials });
  await download(recordingUrl().replace('AC1111', 'AC3333'), { credentials });
  await download(recordingUrl());
  const basic = `Basic ${Buffer.from(`${accountSid}:secret`).toString('base64')}`;
  expect(requests.map(({ headers }) => headers.authorization)).toEqual([basic, undefined, undefined]);
});

test.each([
  ['another host', 'http://localhost:1/Recordings/RE1', /not fetched from http:\/\/localhost:1/],
  ['another scheme', 'file:///etc/passwd', /no http\(s\) address/],
  ['no address', 'recording', /no http\(s\) address/],
  ['an allowed name before another host', 'http://127.0.0.1@elsewhere.example/', /credentials/],
])('%s is never asked', async (_, url, reason) => {
  answer = (_request, response) => response.end('audio');
  const attempt = download(url);
  await expect(attempt).rejects.toThrow(HopelessError);
  await expect(attempt).rejects.toThrow(reason);
  expect(requests).toEqual([]);
});

test('a redirect is not followed', async () => {
  answer = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  await expect(download(recordingUrl())).rejects.toThrow(HopelessError);
  expect(requests).toHaveLength(1);
});

test('a SID that is none becomes no file name', async () => {
  answer = (_, response) => response.end('audio');
  const settings = { folder, origins: [origin], credentials: null, maxBytes: 10, timeoutMs: 10_000 };
  const attempt = downloadRecording(
    { businessId: 7, recordingSid: '../../etc/cron.d/evil', url: recordingUrl() },
    settings,
    new AbortController().signal,
  );
  await expect(attempt).rejects.toThrow(HopelessError);
  expect(requests).toEqual([]);
});

test('a recording that is not there yet is worth another attempt', async () => {
  answer = (_, response) => response.writeHead(404).end('not found');
  const attempt = download(recordingUrl());
  await expect(attempt).rejects.toThrow('HTTP 404');
  await expect(attempt).rejects.not.toThrow(HopelessError);
});

test('a file beyond the cap is given up while it still comes', async () => {
  answer = (_, response) => {
    // Never ends: only the cap can stop it.
    const more = (): void => void response.write(Buffer.alloc(64 * 1024), () => setImmediate(more));
    more();
  };
  await expect(download(recordingUrl())).rejects.toThrow('larger than 100000 bytes');
  expect(await listFiles()).toEqual([]);
});

test('a connection that breaks leaves no file, and is worth another attempt', async () => {
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': 5000 });
    response.write(Buffer.alloc(1000), () => response.destroy());
  };
  const attempt = download(recordingUrl());
  await expect(attempt).rejects.toThrow();
  await expect(attempt).rejects.not.toThrow(HopelessError);
  expect(await listFiles()).toEqual([]);
});

test('a download that takes too long, or that is no longer wanted, ends', async () => {
  answer = (_, response) => void response.write('slow');
  await expect(download(recordingUrl(), { timeoutMs: 50 })).rejects.toThrow(/timeout/);
  const stop = new AbortController();
  const attempt = download(recordingUrl(), {}, stop.signal);
  answer = (_, response) => {
    response.write('slow');
    stop.abort();
  };
  await expect(attempt).rejects.toThrow(/abort/);
  expect(await listFiles()).toEqual([]);
});

test('a failed second download leaves the first file as it was', async () => {
  answer = (_, response) => response.end('first');
  const { path } = await download(recordingUrl());
  answer = (_, response) => response.end(Buffer.alloc(200_000));
  await expect(download(recordingUrl())).rejects.toThrow('larger');
  expect(await readFile(path, 'utf8')).toBe('first');
});
