// The command as its user meets it: flags, the summary, exit codes.
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_AUTH_TOKEN, DEMO_TRANSCRIPTION_KEY } from '../../src/config.ts';
import { simulate } from '../../src/simulate/command.ts';
import { publicUrl, startVerifyingServer, type VerifyingServer } from './verifying-server.ts';

let server: VerifyingServer;

beforeEach(async () => {
  server = await startVerifyingServer(DEMO_AUTH_TOKEN);
});
afterEach(() => server.close());

async function run(args: readonly string[], signal = new AbortController().signal) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await simulate(['--provider-port', '0', ...args], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    signal,
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}

const target = (): string[] => ['--url', server.url, '--public-url', publicUrl];

/** Then nothing is worth waiting for: the server of this test fetches no recording. */
function failVoiceRequests(): void {
  server.answerVoice = () => ({ status: 503, body: '' });
}

test('a run with the demo token ends in a table and exit code 0', async () => {
  const stop = new AbortController();
  const running = run([...target(), '--calls', '3', '--rate', '100', '--seed', 'table'], stop.signal);
  const begun = (): number =>
    new Set(server.received.filter(({ form }) => form.CallSid).map(({ form }) => form.CallSid)).size;
  await expect.poll(begun, { interval: 10, timeout: 20_000 }).toBe(3);
  // They are played to their end; what would be left is to wait for recordings.
  stop.abort();
  const { exitCode, out } = await running;
  expect(out).toMatch(/^3 calls in \d+\.\d s \(seed table\), \d+ recordings$/m);
  expect(out).toMatch(/^incoming_call +\d+ +\d+ +0 +\d+ +[\d.]+ +[\d.]+$/m);
  expect(out).toMatch(/^0 recordings fetched, 0 transcribed$/m);
  expect(exitCode).toBe(0);
  expect(server.received.every(({ valid }) => valid)).toBe(true);
});

test('the provider stays until the recordings are fetched and transcribed', async () => {
  const running = run([...target(), '--calls', '4', '--rate', '100', '--seed', 'recorded', '--json']);
  const announced = (): (string | undefined)[] =>
    server.received
      .filter(({ form }) => form.RecordingStatus === 'completed')
      .map(({ form }) => form.RecordingUrl);
  await expect.poll(announced, { interval: 10, timeout: 20_000 }).not.toEqual([]);
  const transcribed = new Set<string>();
  let ended = false;
  const summary = running.then(({ out }) => {
    ended = true;
    return JSON.parse(out);
  });
  while (!ended) {
    const next = announced().find((url) => url && !transcribed.has(url));
    if (next && (await fetch(next)).ok) {
      transcribed.add(next);
      // A service takes its time between the download and the transcription.
      await wait(300);
      const form = new FormData();
      form.set('file', new Blob(['RIFF']));
      form.set('model', 'whisper-1');
      const headers = { authorization: `Bearer ${DEMO_TRANSCRIPTION_KEY}` };
      const url = new URL('/v1/audio/transcriptions', next);
      expect((await fetch(url, { method: 'POST', headers, body: form })).status).toBe(200);
    } else await wait(10);
  }
  expect(await summary).toMatchObject({
    recordings: transcribed.size,
    recordingsFetched: transcribed.size,
    transcriptions: transcribed.size,
  });
  expect(transcribed.size).toBeGreaterThan(1);
});

test('a server that fails one webhook makes exit code 1, and the summary is there as JSON', async () => {
  failVoiceRequests();
  const { exitCode, out } = await run([...target(), '--calls', '1', '--json']);
  const summary = JSON.parse(out);
  expect(summary).toMatchObject({ calls: 1, recordingsFetched: 0 });
  expect(summary.webhooks.incoming_call.failed).toBeGreaterThan(0);
  expect(exitCode).toBe(1);
});

test('with seconds and no number of calls, time alone is the bound', async () => {
  failVoiceRequests();
  const { out } = await run([...target(), '--seconds', '0.3', '--rate', '100', '--json']);
  expect(JSON.parse(out).calls).toBe(30);
});

test('a seed is made up when none is given', async () => {
  failVoiceRequests();
  const one = await run([...target(), '--calls', '1', '--json']);
  const other = await run([...target(), '--calls', '1', '--json']);
  expect(JSON.parse(one.out).seed).not.toBe(JSON.parse(other.out).seed);
});

test.each([
  [['--cals', '3'], /--cals/],
  [['--rate', 'fast'], /--rate takes a number, not 'fast'/],
])('%j is answered with the usage and exit code 2', async (args, complaint) => {
  const { exitCode, err } = await run(args);
  expect(err).toMatch(complaint);
  expect(err).toContain('npm run simulate');
  expect(exitCode).toBe(2);
});

test('--help explains and calls nobody', async () => {
  const { exitCode, out } = await run(['--help']);
  expect(out).toContain('--provider-port');
  expect(exitCode).toBe(0);
  expect(server.received).toEqual([]);
});
