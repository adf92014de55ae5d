// The simulator's own signer against the library that the server verifies with.
import fc from 'fast-check';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { makeSignature } from '../../src/simulate/signature.ts';

const token = fc.string({ minLength: 1, maxLength: 40 });
const form = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'binary' }), { maxKeys: 12 });
const address = fc
  .tuple(fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }), fc.option(fc.nat(65535)))
  .map(([url, port]) => (port === null ? url : url.replace(/^(https?:\/\/[^/?#]+)/, `$1:${port}`)));

test('what the simulator signs, the twilio library accepts', () => {
  fc.assert(
    fc.property(token, address, form, (authToken, url, params) => {
      expect(twilio.validateRequest(authToken, makeSignature(authToken, url, params), url, params)).toBe(
        true,
      );
    }),
  );
});

test('a changed parameter is not covered by the signature', () => {
  fc.assert(
    fc.property(token, address, form, fc.string({ minLength: 1 }), (authToken, url, params, key) => {
      const changed = { ...params, [key]: `${params[key] ?? ''}!` };
      expect(twilio.validateRequest(authToken, makeSignature(authToken, url, params), url, changed)).toBe(
        false,
      );
    }),
  );
});

test('connection overrides in the fragment are not signed', () => {
  const url = 'https://calls.example/webhook/call_status';
  expect(makeSignature('token', `${url}#rc=2&rp=all`, { CallSid: 'CA1' })).toBe(
    makeSignature('token', url, { CallSid: 'CA1' }),
  );
});
