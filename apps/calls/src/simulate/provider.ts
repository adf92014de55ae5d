// The provider's own side: serves the recordings it announced and plays a speech-to-text service (OpenAI audio API).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeRecordingPath } from './make-form.ts';
import { makeWave } from './wave.ts';

export interface ProviderOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** The bearer token that the speech-to-text service expects. */
  readonly transcriptionKey: string;
}

export interface ServedRecording {
  readonly accountSid: string;
  readonly recordingSid: string;
  readonly seconds: number;
  /** So many downloads are answered with 404 first: Twilio announces a recording before it can be fetched. */
  readonly notFoundTimes?: number;
  /** Served in place of the audio: a truncated or foreign file. */
  readonly body?: Buffer;
}

/** What the speech-to-text service answers: a text, which may be empty, or an error status. */
export type TranscriptionAnswer = { readonly text: string } | { readonly status: number };

export interface Provider {
  /** `http://127.0.0.1:<port>`: the origin of recording URLs. */
  readonly url: string;
  /** The base URL of the speech-to-text service. */
  readonly transcriptionUrl: string;
  /** Returns the RecordingUrl that a webhook announces. */
  readonly addRecording: (recording: ServedRecording) => string;
  /** A promise holds every answer back until it resolves. */
  readonly answerTranscriptions: (answer: TranscriptionAnswer | Promise<TranscriptionAnswer>) => void;
  readonly served: {
    /** RecordingSids in the order in which they were downloaded whole, each time anew. */
    readonly downloads: readonly string[];
    readonly notFound: number;
    readonly transcriptions: number;
    /** When the last request came or its answer went, by `performance.now()`. */
    readonly busyAt: number;
  };
  readonly close: () => Promise<void>;
}

/** Listens on 127.0.0.1. Throws what `listen` gives, EADDRINUSE above all. */
export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const recordings = new Map<string, { recording: ServedRecording; notFoundLeft: number }>();
  const served = { downloads: [] as string[], notFound: 0, transcriptions: 0, busyAt: performance.now() };
  let nextAnswer: TranscriptionAnswer | Promise<TranscriptionAnswer> = {
    text: 'שלום, זו שיחת הדגמה. תודה שהתקשרתם.',
  };

  function serveRecording(path: string, response: ServerResponse): void {
    const entry = recordings.get(path.replace(/\.wav$/, ''));
    if (!entry || entry.notFoundLeft > 0) {
      if (entry) entry.notFoundLeft--;
      served.notFound++;
      response.writeHead(404, { 'content-type': 'text/plain' }).end('The requested resource was not found');
      return;
    }
    const body = entry.recording.body ?? makeWave(entry.recording.seconds);
    response.on('finish', () => served.downloads.push(entry.recording.recordingSid));
    response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': body.length }).end(body);
  }

  async function transcribe(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = await readFault(request, options.transcriptionKey);
    if (fault) {
      sendJson(response, fault.status, { error: { message: fault.message, type: 'invalid_request_error' } });
      return;
    }
    served.transcriptions++;
    const answer = await nextAnswer;
    if ('text' in answer) sendJson(response, 200, { text: answer.text });
    else
      sendJson(response, answer.status, {
        error: { message: 'The server had an error', type: 'server_error' },
      });
  }

  const beBusy = (): void => {
    served.busyAt = performance.now();
  };
  const server = createServer((request, response) => {
    beBusy();
    response.on('finish', beBusy);
    const path = new URL(request.url ?? '/', 'http://provider').pathname;
    if (request.method === 'GET') serveRecording(path, response);
    else if (request.method === 'POST' && path === '/v1/audio/transcriptions') {
      transcribe(request, response).catch((error: unknown) => response.destroy(error as Error));
    } else response.writeHead(405).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    transcriptionUrl: `${url}/v1`,
    addRecording(recording) {
      const path = makeRecordingPath(recording.accountSid, recording.recordingSid);
      recordings.set(path, { recording, notFoundLeft: recording.notFoundTimes ?? 0 });
      return url + path;
    },
    answerTranscriptions(next) {
      nextAnswer = next;
    },
    served,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What is wrong with a transcription request by https://platform.openai.com/docs/api-reference/audio/createTranscription. */
async function readFault(
  request: IncomingMessage,
  key: string,
): Promise<{ status: number; message: string } | undefined> {
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk as Buffer);
  if (request.headers.authorization !== `Bearer ${key}`)
    return { status: 401, message: 'Incorrect API key provided' };
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return { status: 400, message: 'multipart/form-data is required' };
  const form = await new Response(Buffer.concat(body), { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  if (!file || typeof file === 'string' || file.size === 0)
    return { status: 400, message: 'file is required' };
  if (!form.get('model')) return { status: 400, message: 'you must provide a model parameter' };
  return undefined;
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
