// Turns recorded speech into text: the interface, and its implementation over the OpenAI audio API.
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { withDeadline } from './deadline.ts';

export interface Transcriber {
  /** The spoken text of a WAV file; empty when nothing was said. Throws when there is no answer. */
  readonly transcribe: (path: string, signal: AbortSignal) => Promise<string>;
}

export interface HttpTranscriberSettings {
  /** Up to and without `/audio/transcriptions`, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** null: the endpoint asks for none. */
  readonly key: string | null;
  readonly model: string;
  readonly timeoutMs: number;
}

const transcriptionAnswer = z.object({ text: z.string() });

/** https://platform.openai.com/docs/api-reference/audio/createTranscription, which self-hosted engines speak too. */
export function makeHttpTranscriber(settings: HttpTranscriberSettings): Transcriber {
  return {
    transcribe: (path, caller) =>
      withDeadline(settings.timeoutMs, caller, async (signal) => {
        const body = new FormData();
        body.set('file', await openAsBlob(path, { type: 'audio/wav' }), basename(path));
        body.set('model', settings.model);
        body.set('response_format', 'json');
        const headers: Record<string, string> = settings.key
          ? { authorization: `Bearer ${settings.key}` }
          : {};
        const url = `${settings.baseUrl}/audio/transcriptions`;
        const response = await fetch(url, { method: 'POST', redirect: 'error', headers, body, signal });
        if (!response.ok) {
          await response.body?.cancel();
          throw new Error(`speech-to-text answered HTTP ${response.status}`);
        }
        return transcriptionAnswer.parse(await response.json()).text.trim();
      }),
  };
}
