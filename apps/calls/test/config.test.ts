// The environment: what is taken when nothing is said, what must be said, and what is never repeated.
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const production = {
  DATABASE_URL: 'postgres://db/calls',
  TWILIO_AUTH_TOKEN: 'secret-token',
  PUBLIC_BASE_URL: 'https://calls.example.com',
};

describe('without a word', () => {
  test('the service is a demo on this machine only, which the simulator can talk to', () => {
    expect(readConfig({})).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
      publicBaseUrl: 'http://localhost:5000',
      mediaStreamUrl: 'ws://localhost:5000/ws/twilio-media',
      databaseUrl: null,
      authTokens: ['demo-auth-token'],
      recordingOrigins: ['https://api.twilio.com', 'http://127.0.0.1:5055'],
      speechToText: { baseUrl: 'http://127.0.0.1:5055/v1', apiKey: 'demo-transcription-key' },
      schemaGate: 'enforce',
    });
  });

  test('an empty variable says nothing', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', HOST: '' })).toEqual(readConfig({}));
  });
});

describe('with DATABASE_URL', () => {
  test('nothing of the demo is left', () => {
    const config = readConfig(production);
    expect(config).toMatchObject({
      host: '0.0.0.0',
      authTokens: ['secret-token'],
      accountSid: null,
      recordingOrigins: ['https://api.twilio.com'],
      speechToText: null,
    });
    expect(JSON.stringify(config)).not.toMatch(/demo|localhost|127\.0\.0\.1/);
  });

  test('both tokens are taken while one replaces the other', () => {
    const config = readConfig({ ...production, TWILIO_AUTH_TOKEN_SECONDARY: 'next' });
    expect(config.authTokens).toEqual(['secret-token', 'next']);
  });

  test('the public URL loses what is not signed, and a media URL follows from it', () => {
    const config = readConfig({
      ...production,
      PUBLIC_BASE_URL: 'https://example.com/calls/?x=1#rc=2&rp=all',
    });
    expect(config.publicBaseUrl).toBe('https://example.com/calls');
    expect(config.mediaStreamUrl).toBe('wss://example.com/calls/ws/twilio-media');
  });
});

test.each([
  [{ HOST: '0.0.0.0' }, ['HOST must be loopback']],
  [{ DATABASE_URL: 'postgres://db/calls' }, ['TWILIO_AUTH_TOKEN is required', 'PUBLIC_BASE_URL is required']],
  [{ PORT: '70000', STT_BASE_URL: 'ftp://x' }, ['PORT', 'STT_BASE_URL must be an http(s) URL']],
  [
    { PUBLIC_BASE_URL: 'calls.example.com', SCHEMA_GATE: 'off' },
    ['PUBLIC_BASE_URL must be', 'SCHEMA_GATE must be'],
  ],
  [{ RECORDING_ORIGINS: 'https://api.twilio.com, nowhere' }, ['RECORDING_ORIGINS']],
])('%j is refused, all faults at once', (env, faults) => {
  const read = () => readConfig({ ...env, TWILIO_ACCOUNT_SID: 'AC-not-to-be-repeated' });
  expect(read).toThrow(ConfigError);
  for (const fault of faults) expect(read).toThrow(fault);
  expect(read).not.toThrow(/not-to-be-repeated/);
});
