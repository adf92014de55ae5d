// `npm run simulate`: reads the flags, plays the traffic, waits until the recordings are fetched, tells what it counted.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  DEMO_ACCOUNT_SID,
  DEMO_AUTH_TOKEN,
  DEMO_NUMBER,
  DEMO_PROVIDER_PORT,
  DEMO_TRANSCRIPTION_KEY,
} from '../config.ts';
import { type Provider, startProvider } from './provider.ts';
import { renderSummary } from './summary.ts';
import { runTraffic } from './traffic.ts';

const usage = `npm run simulate -- [options]      a phone provider that calls a server on this machine

  --url <url>            where the server listens               (http://localhost:5000)
  --public-url <url>     the address the server verifies with   (the same)
  --auth-token <token>   signs the webhooks                     (the demo token)
  --calls <number>       stop after so many calls               (20, unless --seconds is given)
  --seconds <number>     begin no call after so many seconds
  --rate <number>        calls begun per second                 (5)
  --seed <text>          the same seed plays the same calls     (made up and printed)
  --provider-port <port> serves recordings and speech-to-text   (${DEMO_PROVIDER_PORT})
  --json                 the summary as JSON

Exit code 0: every webhook was answered as the provider expects; 1: some were not; 2: asked wrongly.`;

/** How long the server may take to fetch and transcribe what was announced, once the last call has ended. */
const fetchingMs = 20_000;
/** After the last recording was fetched, so much silence says that nothing more is to be transcribed. */
const quietMs = 1_500;

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ctrl-C: no further call is begun. */
  readonly signal: AbortSignal;
}

/** Returns the exit code. */
export async function simulate(args: readonly string[], terminal: Terminal): Promise<number> {
  const settings = readFlags(args);
  if (typeof settings === 'string') {
    terminal.err(settings);
    return 2;
  }
  if (settings.help) {
    terminal.out(usage);
    return 0;
  }
  const provider = await startProvider({
    port: settings.providerPort,
    transcriptionKey: DEMO_TRANSCRIPTION_KEY,
  });
  try {
    const callee = { accountSid: DEMO_ACCOUNT_SID, number: DEMO_NUMBER };
    const summary = await runTraffic({ ...settings, callee, provider, signal: terminal.signal });
    const fetched = (): number => new Set(provider.served.downloads).size;
    if (summary.total.failed === 0)
      await untilServed(provider, () => fetched() >= summary.recordings, terminal.signal);
    const served = {
      recordingsFetched: fetched(),
      transcriptions: provider.served.transcriptions,
    };
    if (settings.json) terminal.out(JSON.stringify({ ...summary, ...served }, null, 2));
    else {
      terminal.out(renderSummary(summary));
      terminal.out(`${served.recordingsFetched} recordings fetched, ${served.transcriptions} transcribed`);
    }
    return summary.total.failed === 0 ? 0 : 1;
  } finally {
    await provider.close();
  }
}

async function untilServed(provider: Provider, whole: () => boolean, signal: AbortSignal): Promise<void> {
  const until = performance.now() + fetchingMs;
  while (performance.now() < until && !signal.aborted) {
    if (whole() && performance.now() - provider.served.busyAt > quietMs) return;
    await wait(100);
  }
}

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', default: 'http://localhost:5000' },
        'public-url': { type: 'string' },
        'auth-token': { type: 'string', default: DEMO_AUTH_TOKEN },
        calls: { type: 'string' },
        seconds: { type: 'string' },
        rate: { type: 'string', default: '5' },
        seed: { type: 'string', default: randomBytes(4).toString('hex') },
        'provider-port': { type: 'string', default: String(DEMO_PROVIDER_PORT) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const seconds = readNumber('seconds', values.seconds);
    const calls = readNumber('calls', values.calls) ?? (seconds === undefined ? 20 : undefined);
    const publicUrl = values['public-url'];
    return {
      url: values.url,
      ...(publicUrl !== undefined && { publicUrl }),
      authToken: values['auth-token'],
      ...(calls !== undefined && { calls }),
      ...(seconds !== undefined && { seconds }),
      rate: readNumber('rate', values.rate)!,
      seed: values.seed,
      providerPort: readNumber('provider-port', values['provider-port'])!,
      json: values.json,
      help: values.help,
    };
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
}

function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new RangeError(`--${flag} takes a number, not '${text}'`);
  }
  return value;
}
