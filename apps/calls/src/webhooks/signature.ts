// Did the provider really send this? The signature covers the configured public URL and every form parameter.

import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

export interface SignatureKeys {
  /** Any of these may have signed: two while a token is being replaced. */
  readonly authTokens: readonly string[];
  /** What the provider calls, as configured there: never taken from headers, which a caller chooses. */
  readonly publicBaseUrl: string;
}

export interface SignedRequest {
  /** Path and query exactly as received. */
  readonly rawUrl: string;
  readonly signature: string | string[] | undefined;
  /** Form parameters of a POST; none of a GET, whose query is part of the URL. */
  readonly form: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * https://www.twilio.com/docs/usage/security#validating-requests. False in every case of doubt: no token, no signature, two
 * signatures. A fragment (connection overrides) is not part of what is signed.
 */
export function isSigned(request: SignedRequest, keys: SignatureKeys): boolean {
  const { signature } = request;
  if (typeof signature !== 'string' || signature === '') return false;
  const url = `${keys.publicBaseUrl}${request.rawUrl}`.replace(/#.*$/s, '');
  return keys.authTokens.some(
    (token) => token !== '' && validateRequest(token, signature, url, request.form),
  );
}
