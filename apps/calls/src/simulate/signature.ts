// Signs a form webhook as Twilio does, independently of the library that the server verifies with.
import { createHmac } from 'node:crypto';

/**
 * The value of `X-Twilio-Signature`: base64 of HMAC-SHA1 over the whole URL followed by each key and value,
 * keys in code unit order (https://www.twilio.com/docs/usage/security#validating-requests).
 * The fragment carries connection overrides and is never part of what is signed.
 */
export function makeSignature(
  authToken: string,
  url: string,
  form: Readonly<Record<string, string>>,
): string {
  const hmac = createHmac('sha1', authToken).update(url.replace(/#.*$/s, ''));
  for (const key of Object.keys(form).sort()) hmac.update(key + form[key]);
  return hmac.digest('base64');
}
