// Fetches a recording from the provider into a file of our own naming, within bounds.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from './deadline.ts';
import { HopelessError } from './hopeless.ts';

export interface RecordingSettings {
  /** Downloaded recordings are kept below this folder, one folder a tenant. */
  readonly folder: string;
  /** `https://api.twilio.com` and the like: a signed webhook names the address, but this decides. */
  readonly origins: readonly string[];
  /** The password for media of the account, which "HTTP auth for media" requires; null asks without. */
  readonly credentials: { readonly accountSid: string; readonly authToken: string } | null;
  readonly maxBytes: number;
  /** For one whole download. */
  readonly timeoutMs: number;
}

/** Four hours of stereo at 8 kHz and 16 bits are 461 MB; nobody transcribes such a call. */
export const RECORDING_LIMITS = { maxBytes: 256 * 1024 * 1024, timeoutMs: 120_000 } as const;

export interface RecordingAddress {
  readonly businessId: number;
  readonly recordingSid: string;
  /** RecordingUrl as announced, without a file extension. */
  readonly url: string;
}

export interface DownloadedRecording {
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where a recording is kept. Throws HopelessError unless the SID is one: it becomes a file name. */
export function makeRecordingPath(
  folder: string,
  { businessId, recordingSid }: Pick<RecordingAddress, 'businessId' | 'recordingSid'>,
): string {
  if (!/^RE[0-9a-fA-F]{32}$/.test(recordingSid)) throw new HopelessError('the recording has no valid SID');
  return join(folder, String(businessId), `${recordingSid}.wav`);
}

/**
 * Downloads the WAV form (https://www.twilio.com/docs/voice/api/recording: 8 kHz, 16 bits) and puts it in place when it is whole.
 * Throws HopelessError for an address that must not be asked or a file beyond the cap, and any other error for what may pass:
 * 404 (a recording is announced before it can be fetched), other statuses, time-outs, broken connections.
 */
export async function downloadRecording(
  address: RecordingAddress,
  settings: RecordingSettings,
  signal: AbortSignal,
): Promise<DownloadedRecording> {
  const path = makeRecordingPath(settings.folder, address);
  const url = parseRecordingUrl(address.url, settings.origins);
  return withDeadline(settings.timeoutMs, signal, async (deadline) => {
    const body = await openRecording(url, settings, deadline);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    // Two workers may fetch the same recording: each writes its own file, and the rename is atomic.
    const part = `${path}.${randomUUID()}.part`;
    try {
      const written = await writeBody(body, part, settings.maxBytes);
      await rename(part, path);
      return { path, ...written };
    } finally {
      await rm(part, { force: true });
    }
  });
}

async function openRecording(
  url: URL,
  settings: RecordingSettings,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = makeAuthorization(url, settings.credentials);
  const response = await fetch(url, { redirect: 'manual', headers, signal });
  if (response.ok && response.body) return response.body;
  await response.body?.cancel();
  if (response.status >= 300 && response.status < 400) {
    throw new HopelessError(`the recording at ${url.origin} is a redirect, which is not followed`);
  }
  throw new Error(`the recording was answered with HTTP ${response.status}`);
}

function parseRecordingUrl(text: string, origins: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new HopelessError('the recording has no http(s) address');
  if (url.username || url.password)
    throw new HopelessError('the address of the recording carries credentials');
  if (!origins.includes(url.origin)) {
    throw new HopelessError(`recordings are not fetched from ${url.origin} (allowed: ${origins.join(', ')})`);
  }
  url.pathname += '.wav';
  return url;
}

/** The credentials are for the account's own media: any other path of an allowed origin is asked without them. */
function makeAuthorization(url: URL, credentials: RecordingSettings['credentials']): Record<string, string> {
  if (!credentials || !url.pathname.includes(`/Accounts/${credentials.accountSid}/`)) return {};
  const pair = `${credentials.accountSid}:${credentials.authToken}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

async function writeBody(
  body: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new HopelessError(`the recording is larger than ${maxBytes} bytes`);
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
