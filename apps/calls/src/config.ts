// The environment, read once and judged whole: every fault is reported at the same time.

import { z } from 'zod';

/** What the service runs with. Trusted: only `readConfig` makes one. */
export interface Config {
  readonly port: number;
  /** The address to bind: loopback only on the embedded database. */
  readonly host: string;
  /** The URL prefix the provider calls, as it signs it: no trailing slash, query or fragment. */
  readonly publicBaseUrl: string;
  /** Where media streams are sent to (`wss://…`). */
  readonly mediaStreamUrl: string;
  /** `null`: the embedded database, with a demo tenant that is readable without a key. */
  readonly databaseUrl: string | null;
  /** The provider's tokens, primary first; a signature made by any of them is accepted. Never empty. */
  readonly authTokens: readonly string[];
  /** The account whose recordings are downloaded with the primary token; `null` downloads without credentials. */
  readonly accountSid: string | null;
  /** Where downloaded recordings are kept, one folder a tenant. */
  readonly recordingFolder: string;
  /** Origins from which a recording may be downloaded: a signed webhook names the URL, but this decides. */
  readonly recordingOrigins: readonly string[];
  /** The speech-to-text endpoint that speaks the OpenAI audio API; `null` when there is none. */
  readonly speechToText: SpeechToText | null;
  /** What to do on a database that lacks something this release needs: refuse to start, or say so and start. */
  readonly schemaGate: 'enforce' | 'warn';
}

export interface SpeechToText {
  /** Up to and including the version, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly model: string;
}

/** Several lines, one for each fault of the environment. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Signs the simulator's webhooks. Known to everyone, hence good only on the embedded database, which binds loopback. */
export const DEMO_AUTH_TOKEN = 'demo-auth-token';
/** The demo tenant's number and account. */
export const DEMO_NUMBER = '+15005550006';
export const DEMO_ACCOUNT_SID = 'ACdededededededededededededededede';

/** Where the simulator serves recordings and plays a speech-to-text service. */
export const DEMO_PROVIDER_PORT = 5055;
export const DEMO_TRANSCRIPTION_KEY = 'demo-transcription-key';
const DEMO_PROVIDER = `http://127.0.0.1:${DEMO_PROVIDER_PORT}`;

const url = (protocols: RegExp, kind: string) =>
  z.url({ protocol: protocols, error: `must be ${kind}` }).transform(withoutTail);

const environment = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(5000),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z.string().min(1).optional(),
  PUBLIC_BASE_URL: url(/^https?$/, 'an http(s) URL').optional(),
  MEDIA_STREAM_URL: url(/^wss?$/, 'a ws(s) URL').optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_AUTH_TOKEN_SECONDARY: z.string().min(1).optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1).optional(),
  RECORDING_ORIGINS: z
    .string()
    .default('https://api.twilio.com')
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be http(s) URLs, separated by commas' }))),
  RECORDING_FOLDER: z.string().min(1).default('var/recordings'),
  STT_BASE_URL: url(/^https?$/, 'an http(s) URL').optional(),
  STT_API_KEY: z.string().min(1).optional(),
  STT_MODEL: z.string().min(1).default('whisper-1'),
  SCHEMA_GATE: z.enum(['enforce', 'warn'], { error: 'must be enforce or warn' }).default('enforce'),
});

/** What is wrong about variables together, told beside what is wrong about each. */
function faultsTogether(env: NodeJS.ProcessEnv): readonly string[] {
  if (env.DATABASE_URL !== undefined) {
    const required = ['TWILIO_AUTH_TOKEN', 'PUBLIC_BASE_URL'].filter((name) => env[name] === undefined);
    return required.map(
      (name) => `${name} is required with DATABASE_URL: without it no webhook can be verified`,
    );
  }
  return env.HOST === undefined || ['127.0.0.1', '::1', 'localhost'].includes(env.HOST)
    ? []
    : ['HOST must be loopback on the embedded database, whose demo tenant needs no key: set DATABASE_URL'];
}

/** Throws `ConfigError` naming every variable that is wrong; values are never repeated, they may be secrets. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  const faults = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []),
    ...faultsTogether(present),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(['the environment is not usable:', ...faults].join('\n  '));
  }
  const given = parsed.data;
  const embedded = given.DATABASE_URL === undefined;
  const publicBaseUrl = given.PUBLIC_BASE_URL ?? `http://localhost:${given.PORT}`;
  return {
    port: given.PORT,
    host: given.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0'),
    publicBaseUrl,
    mediaStreamUrl: given.MEDIA_STREAM_URL ?? `${publicBaseUrl.replace(/^http/, 'ws')}/ws/twilio-media`,
    databaseUrl: given.DATABASE_URL ?? null,
    authTokens: [given.TWILIO_AUTH_TOKEN ?? DEMO_AUTH_TOKEN, given.TWILIO_AUTH_TOKEN_SECONDARY].filter(
      (token) => token !== undefined,
    ),
    accountSid: given.TWILIO_ACCOUNT_SID ?? (embedded ? DEMO_ACCOUNT_SID : null),
    recordingFolder: given.RECORDING_FOLDER,
    recordingOrigins: [
      ...given.RECORDING_ORIGINS.map((origin) => new URL(origin).origin),
      ...(embedded ? [DEMO_PROVIDER] : []),
    ],
    speechToText: speechToText(given, embedded),
    schemaGate: given.SCHEMA_GATE,
  };
}

function speechToText(given: z.output<typeof environment>, embedded: boolean): SpeechToText | null {
  const { STT_BASE_URL: baseUrl, STT_API_KEY: apiKey = null, STT_MODEL: model } = given;
  if (baseUrl !== undefined) return { baseUrl, apiKey, model };
  return embedded ? { baseUrl: `${DEMO_PROVIDER}/v1`, apiKey: DEMO_TRANSCRIPTION_KEY, model } : null;
}

/** A URL prefix: what is appended to it begins with a slash, and a fragment is never part of what is signed. */
function withoutTail(text: string): string {
  return text.replace(/[?#].*$/s, '').replace(/\/+$/, '');
}
