// The simulator's reader of TwiML against twilio's own builder.
import fc from 'fast-check';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { parseTwiml } from '../../src/simulate/twiml.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'א', '&', '<', '>', '"', "'", ';', '/', '=', '?') });

test('what the builder wrote into the attributes is read back', () => {
  fc.assert(
    fc.property(text, text, text, (action, url, statusCallback) => {
      const response = new twilio.twiml.VoiceResponse();
      response
        .connect({ action })
        .stream({ url, statusCallback })
        .parameter({ name: 'tenant', value: '"/>' });
      expect(parseTwiml(response.toString())).toEqual({
        connectAction: action,
        streamUrl: url,
        streamStatusCallback: statusCallback,
      });
    }),
  );
});

test('an answer without a stream asks for nothing', () => {
  const nothing = { connectAction: undefined, streamUrl: undefined, streamStatusCallback: undefined };
  expect(parseTwiml('<?xml version="1.0" encoding="UTF-8"?><Response/>')).toEqual(nothing);
  expect(parseTwiml('<Response><Hangup/></Response>\n')).toEqual(nothing);
});

test('what is no complete Response is refused', () => {
  for (const answer of ['', 'ok', '{"ok":true}', '<html></html>', '<Response><Connect>', '<Responses/>']) {
    expect(() => parseTwiml(answer)).toThrow(SyntaxError);
  }
});
