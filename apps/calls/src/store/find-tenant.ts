// Whose call is it? From the call itself, its parent, the called number, or the account; in doubt nobody's.

import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { business, businessNumber, callLog } from '../db/schema.ts';

/** What a webhook says about where it belongs. */
export interface Parties {
  readonly accountSid: string;
  readonly callSid: string | null;
  readonly parentCallSid: string | null;
  readonly twilioDirection: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export type UnknownTenant = 'unknown tenant' | 'ambiguous tenant' | 'account mismatch';
export type Tenant = { readonly businessId: number } | { readonly unknown: UnknownTenant };

/**
 * The first of these that names any tenant decides: the known call, the parent call of a child leg, the tenant's number
 * (called number of an inbound call, calling number of an outbound one), the account. It must name exactly one, whose
 * account, if it has its own, is that of the webhook. A child leg is not judged by its numbers: its caller may be another tenant.
 */
export async function findTenant(tx: Tx, parties: Parties): Promise<Tenant> {
  const candidates =
    (await ofCall(tx, parties.callSid)) ??
    (await ofCall(tx, parties.parentCallSid)) ??
    (parties.parentCallSid === null ? await ofNumbers(tx, ownNumbers(parties)) : null) ??
    (await ofAccount(tx, parties.accountSid));
  if (candidates === null) return { unknown: 'unknown tenant' };
  const [found, ...others] = candidates;
  if (found === undefined || others.length > 0) return { unknown: 'ambiguous tenant' };
  if (found.accountSid !== null && found.accountSid !== parties.accountSid)
    return { unknown: 'account mismatch' };
  return { businessId: found.id };
}

interface Candidate {
  readonly id: number;
  readonly accountSid: string | null;
}

const candidate = { id: business.id, accountSid: business.accountSid };

async function ofCall(tx: Tx, callSid: string | null): Promise<readonly Candidate[] | null> {
  if (callSid === null) return null;
  return anyOf(
    await tx
      .selectDistinct(candidate)
      .from(callLog)
      .innerJoin(business, eq(business.id, callLog.businessId))
      .where(eq(callLog.callSid, callSid)),
  );
}

async function ofNumbers(tx: Tx, numbers: readonly string[]): Promise<readonly Candidate[] | null> {
  if (numbers.length === 0) return null;
  return anyOf(
    await tx
      .selectDistinct(candidate)
      .from(businessNumber)
      .innerJoin(business, eq(business.id, businessNumber.businessId))
      .where(inArray(businessNumber.number, [...numbers])),
  );
}

async function ofAccount(tx: Tx, accountSid: string): Promise<readonly Candidate[] | null> {
  return anyOf(await tx.select(candidate).from(business).where(eq(business.accountSid, accountSid)));
}

function anyOf(candidates: readonly Candidate[]): readonly Candidate[] | null {
  return candidates.length === 0 ? null : candidates;
}

/** The numbers that could be the tenant's own: both when the direction is not told. */
function ownNumbers({ twilioDirection, from, to }: Parties): readonly string[] {
  const ours = twilioDirection?.startsWith('outbound')
    ? [from]
    : twilioDirection === null
      ? [from, to]
      : [to];
  return ours.filter((number) => number !== null);
}
