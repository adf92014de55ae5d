// Posts one signed webhook to the server and judges the answer as the provider would.
import type { WebhookKind } from './call-script.ts';
import { makeSignature } from './signature.ts';

export interface Destination {
  /** Where the server really listens. */
  readonly url: URL;
  /** The address that the provider was given, which is what it signs. */
  readonly publicUrl: URL;
  readonly authToken: string;
}

export interface Webhook {
  readonly kind: WebhookKind;
  /** The address as configured at the provider or named in TwiML; relative to the public one where it is not absolute. */
  readonly address: string;
  readonly token: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly ms: number;
  readonly text: string;
  /** Why the provider would log an error; undefined when the answer is good. */
  readonly problem: string | undefined;
}

/** Twilio gives up on a webhook after 15 s (error 11205). */
const patienceMs = 15_000;

export async function deliverWebhook(destination: Destination, webhook: Webhook): Promise<Answer> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  try {
    const address = new URL(webhook.address.replace(/#.*$/s, ''), destination.publicUrl);
    if (address.origin !== destination.publicUrl.origin) {
      throw new RangeError(`the TwiML names ${address.origin}, which is not this server`);
    }
    const response = await fetch(new URL(address.pathname + address.search, destination.url), {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'i-twilio-idempotency-token': webhook.token,
        'x-twilio-signature': makeSignature(destination.authToken, address.href, webhook.form),
        'x-home-region': 'us1',
        'user-agent': 'TwilioProxy/1.1',
        accept: '*/*',
      },
      body: new URLSearchParams(webhook.form).toString(),
    });
    const text = await response.text();
    return { ms: elapsed(), text, problem: response.ok ? undefined : `HTTP ${response.status}` };
  } catch (error) {
    return { ms: elapsed(), text: '', problem: renderReason(error) };
  }
}

function renderReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
