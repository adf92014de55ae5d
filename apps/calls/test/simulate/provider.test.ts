// The provider over real HTTP: recordings with a true header, 404 for a while, and a strict speech-to-text service.
import { parseBuffer } from 'music-metadata';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Provider, startProvider } from '../../src/simulate/provider.ts';

const recording = { accountSid: `AC${'1'.repeat(32)}`, recordingSid: `RE${'2'.repeat(32)}` };
let provider: Provider;

beforeEach(async () => {
  provider = await startProvider({ transcriptionKey: 'key' });
});
afterEach(() => provider.close());

async function transcribe(form: FormData, key = 'key'): Promise<Response> {
  return fetch(`${provider.transcriptionUrl}/audio/transcriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
}

function makeRequest(parts: { file?: Blob; model?: string }): FormData {
  const form = new FormData();
  if (parts.file) form.set('file', parts.file, 'recording.wav');
  if (parts.model) form.set('model', parts.model);
  return form;
}

test.each([0.4, 1, 12.35])('a recording of %d seconds is a wave file of that length', async (seconds) => {
  const url = provider.addRecording({ ...recording, seconds });
  const response = await fetch(`${url}.wav`);
  const body = Buffer.from(await response.arrayBuffer());
  const { format } = await parseBuffer(body, { mimeType: 'audio/wav' });
  expect(format).toMatchObject({
    container: 'WAVE',
    sampleRate: 8000,
    numberOfChannels: 1,
    bitsPerSample: 16,
  });
  expect(format.duration).toBeCloseTo(seconds, 3);
  expect(body.subarray(-2000).some((byte) => byte !== 0)).toBe(true);
  expect(provider.served.downloads).toEqual([recording.recordingSid]);
});

test('a recording is not found at first, then served; an unknown one is never found', async () => {
  const url = provider.addRecording({ ...recording, seconds: 1, notFoundTimes: 2 });
  const statuses = [];
  for (let attempt = 0; attempt < 4; attempt++) statuses.push((await fetch(url)).status);
  expect(statuses).toEqual([404, 404, 200, 200]);
  expect((await fetch(url.replace('RE22', 'RE33'))).status).toBe(404);
});

test('a transcription needs the key, a file and a model', async () => {
  const file = new Blob(['RIFF']);
  expect((await transcribe(makeRequest({ file, model: 'whisper-1' }), 'wrong')).status).toBe(401);
  expect((await transcribe(makeRequest({ model: 'whisper-1' }))).status).toBe(400);
  expect((await transcribe(makeRequest({ file }))).status).toBe(400);
  const response = await transcribe(makeRequest({ file, model: 'whisper-1' }));
  expect(await response.json()).toEqual({ text: expect.stringContaining('שלום') });
  expect(provider.served.transcriptions).toBe(1);
});

test('the transcription can be told to be empty or to fail', async () => {
  const request = (): FormData => makeRequest({ file: new Blob(['RIFF']), model: 'whisper-1' });
  provider.answerTranscriptions({ text: '' });
  expect(await (await transcribe(request())).json()).toEqual({ text: '' });
  provider.answerTranscriptions({ status: 503 });
  expect((await transcribe(request())).status).toBe(503);
});
