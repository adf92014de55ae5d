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
        recording: undefined,
      });
    }),
  );
});

test('a recording tells of the events it was asked for, or only of its completion', () => {
  const asked = new twilio.twiml.VoiceResponse();
  asked.start().recording({
    recordingStatusCallback: 'https://calls.example/r?a=1&b=2',
    recordingStatusCallbackEvent: ['in-progress', 'absent'],
  });
  expect(parseTwiml(asked.toString()).recording).toEqual({
    statusCallback: 'https://calls.example/r?a=1&b=2',
    events: ['in-progress', 'absent'],
  });
  const silent = new twilio.twiml.VoiceResponse();
  silent.start().recording();
  expect(parseTwiml(silent.toString()).recording).toEqual({
    statusCallback: undefined,
    events: ['completed'],
  });
});

test('an answer without a stream asks for nothing', () => {
  const nothing = {
    connectAction: undefined,
    streamUrl: undefined,
    streamStatusCallback: undefined,
    recording: undefined,
  };
  expect(parseTwiml('<?xml version="1.0" encoding="UTF-8"?><Response/>')).toEqual(nothing);
  expect(parseTwiml('<Response><Hangup/></Response>\n')).toEqual(nothing);
});

test('what is no complete Response is refused', () => {
  for (const answer of ['', 'ok', '{"ok":true}', '<html></html>', '<Response><Connect>', '<Responses/>']) {
    expect(() => parseTwiml(answer)).toThrow(SyntaxError);
  }
});
