// Where a webhook belongs: account, call, parent call and numbers, from the parameters before redaction.

import { z } from 'zod';
import type { CallEvent } from '../domain/call-event.ts';
import type { Params } from '../domain/parse-call-event.ts';
import { optionalSid, shortText } from '../domain/provider-value.ts';
import type { Parties } from '../store/find-tenant.ts';

const params = z.object({
  AccountSid: z.string().regex(/^[\w:.-]{2,34}$/, 'is not an account'),
  Direction: shortText(32),
  ParentCallSid: optionalSid,
  From: shortText(255),
  To: shortText(255),
});

/** `From` and `To` are not always numbers: `client:…`, `sip:…`, `anonymous`. Throws `ZodError` without an account. */
export function parseParties(raw: Params, event: CallEvent): Parties {
  const { AccountSid, Direction, ParentCallSid, From, To } = params.parse(raw);
  return {
    accountSid: AccountSid,
    callSid: event.callSid,
    parentCallSid: ParentCallSid,
    twilioDirection: Direction,
    from: From,
    to: To,
  };
}
