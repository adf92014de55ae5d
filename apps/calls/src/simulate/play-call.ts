// Plays one scripted call against the server: asks for TwiML first, then sends what follows from it, each at its time.
import { setTimeout as wait } from 'node:timers/promises';
import type { CallScript, Delivery, ProviderEvent, WebhookKind } from './call-script.ts';
import { type Answer, type Destination, deliverWebhook } from './deliver.ts';
import { makeForm } from './make-form.ts';
import type { Provider } from './provider.ts';
import type { Tally } from './summary.ts';
import { parseTwiml, type Twiml } from './twiml.ts';

export interface Playing {
  readonly destination: Destination;
  readonly provider: Provider;
  readonly tally: Tally;
}

/**
 * Resolves when the last answer is in, with the number of recordings that the server was told it can fetch.
 * Events that the server's TwiML does not ask for are not sent.
 */
export async function playCall(script: CallScript, playing: Playing): Promise<number> {
  for (const recording of script.recordings) {
    if (!recording.absent) playing.provider.addRecording({ accountSid: script.accountSid, ...recording });
  }
  const setting = {
    startedAt: new Date(Date.now() - Math.max(...script.deliveries.map(({ occursAtMs }) => occursAtMs))),
    recordingsUrl: playing.provider.url,
    voiceUrl: new URL(addresses.incoming_call, playing.destination.publicUrl).href,
  };

  const send = async (delivery: Delivery, address: string): Promise<readonly Answer[]> => {
    const { kind } = delivery.event;
    const form = makeForm(script, delivery, setting);
    const answers = await Promise.all(
      [0, ...delivery.redeliveredAfterMs].map(async (afterMs) => {
        await wait(afterMs);
        return deliverWebhook(playing.destination, { kind, address, token: delivery.token, form });
      }),
    );
    const judged = answers.map((answer) => (expectsTwiml(kind) ? judgeTwiml(answer, answers[0]!) : answer));
    judged.forEach((answer, attempt) => {
      playing.tally.add(kind, answer, attempt > 0);
    });
    return judged;
  };

  const [voice, ...later] = script.deliveries;
  if (voice?.event.kind !== 'incoming_call')
    throw new TypeError('a call script begins with its voice request');
  const early = later.filter(({ sentAfterMs }) => sentAfterMs < 0);
  const sending = early.map((delivery) => send(delivery, addresses.call_status));
  if (early.length > 0) await wait(-Math.min(...early.map(({ sentAfterMs }) => sentAfterMs)));
  const [answer] = await send(voice, addresses.incoming_call);
  const twiml = answer?.problem === undefined ? parseTwiml(answer!.text) : undefined;

  const announced = new Set<string>();
  for (const delivery of later.filter(({ sentAfterMs }) => sentAfterMs >= 0)) {
    const address = findAddress(delivery.event, twiml);
    if (!address) continue;
    sending.push(wait(delivery.sentAfterMs).then(() => send(delivery, address)));
    const { event } = delivery;
    if (event.kind === 'recording_status' && event.status === 'completed')
      announced.add(event.recording.recordingSid);
  }
  await Promise.all(sending);
  return announced.size;
}

/** The webhooks whose addresses are configured at the provider; those of a stream come from the TwiML. */
const addresses = {
  incoming_call: '/webhook/incoming_call',
  call_status: '/webhook/call_status',
  recording_status: '/webhook/recording_status',
  twilio_error: '/webhook/twilio_error',
} as const;

/** undefined when nobody asked for this event. */
function findAddress(event: ProviderEvent, twiml: Twiml | undefined): string | undefined {
  switch (event.kind) {
    case 'stream_status':
      return twiml?.streamUrl && twiml.streamStatusCallback;
    case 'stream_ended':
      return twiml?.streamUrl && twiml.connectAction;
    case 'recording_status':
      if (event.recording.source !== 'StartCallRecordingTwiML') return addresses.recording_status;
      return twiml?.recording?.events.includes(event.status) ? twiml.recording.statusCallback : undefined;
    default:
      return addresses[event.kind];
  }
}

function expectsTwiml(kind: WebhookKind): boolean {
  return kind === 'incoming_call' || kind === 'stream_ended';
}

/** A repetition must get the TwiML of the first request: another one would start a second stream or recording. */
function judgeTwiml(answer: Answer, first: Answer): Answer {
  if (answer.problem !== undefined) return answer;
  try {
    parseTwiml(answer.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...answer, problem: error.message };
  }
  const differs = first.problem === undefined && answer.text !== first.text;
  return differs ? { ...answer, problem: 'a repetition was answered with other TwiML' } : answer;
}
