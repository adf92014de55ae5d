// Keeps an event under its business key: once for the tenant it belongs to, or in quarantine while that is not known.

import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { callEvent, callLog, quarantinedEvent } from '../db/schema.ts';
import type { EventKind } from '../domain/call-event.ts';
import type { Params } from '../domain/parse-call-event.ts';
import type { Parties, UnknownTenant } from './find-tenant.ts';
import { lockCalls } from './lock-calls.ts';

export interface NewEvent {
  readonly key: string;
  readonly kind: EventKind;
  readonly callSid: string | null;
  /** Redacted parameters. */
  readonly payload: Params;
  /** The TwiML to answer with, now and to every redelivery; null where the answer has no content. */
  readonly answer: string | null;
}

/** `first` is false for a redelivery; `answer` is that of the first delivery. */
export interface StoredEvent {
  readonly first: boolean;
  readonly answer: string | null;
}

/** Makes the call's row if there is none, and completes its numbers. */
export async function ensureCall(
  tx: Tx,
  businessId: number,
  callSid: string,
  numbers: { readonly from: string | null; readonly to: string | null },
): Promise<void> {
  await tx
    .insert(callLog)
    .values({ businessId, callSid, fromNumber: numbers.from, toNumber: numbers.to })
    .onConflictDoUpdate({
      target: [callLog.businessId, callLog.callSid],
      set: {
        fromNumber: sql`coalesce(${callLog.fromNumber}, excluded.from_number)`,
        toNumber: sql`coalesce(${callLog.toNumber}, excluded.to_number)`,
      },
      setWhere: sql`${callLog.fromNumber} is null or ${callLog.toNumber} is null`,
    });
}

/** Stores the event for a tenant. The call's row must be there (`ensureCall`). */
export async function storeEvent(tx: Tx, businessId: number, event: NewEvent): Promise<StoredEvent> {
  const { key: eventKey, ...columns } = event;
  const stored = await tx
    .insert(callEvent)
    .values({ businessId, eventKey, ...columns })
    .onConflictDoNothing({ target: [callEvent.businessId, callEvent.eventKey] })
    .returning({ id: callEvent.id });
  if (stored.length > 0) return { first: true, answer: event.answer };
  const [known] = await tx
    .update(callEvent)
    .set({ redeliveryCount: sql`${callEvent.redeliveryCount} + 1` })
    .where(and(eq(callEvent.businessId, businessId), eq(callEvent.eventKey, eventKey)))
    .returning({ answer: callEvent.answer });
  return { first: false, answer: known?.answer ?? null };
}

/** Stores the event where no tenant sees it. */
export async function quarantineEvent(
  tx: Tx,
  event: NewEvent,
  parties: Parties,
  reason: UnknownTenant,
): Promise<StoredEvent> {
  const { key: eventKey, ...columns } = event;
  const { accountSid, parentCallSid: waitsFor, from: fromNumber, to: toNumber } = parties;
  const [stored] = await tx
    .insert(quarantinedEvent)
    .values({ accountSid, eventKey, ...columns, waitsFor, reason, fromNumber, toNumber })
    .onConflictDoUpdate({
      target: [quarantinedEvent.accountSid, quarantinedEvent.eventKey],
      set: { redeliveryCount: sql`${quarantinedEvent.redeliveryCount} + 1` },
    })
    .returning({ answer: quarantinedEvent.answer, redeliveries: quarantinedEvent.redeliveryCount });
  return { first: stored?.redeliveries === 0, answer: stored?.answer ?? null };
}

export interface AdoptedEvent {
  readonly kind: EventKind;
  readonly callSid: string;
  readonly payload: Params;
}

/**
 * Takes over what came before the tenant of this call was known: events of the call itself and of its child legs, of the
 * same account. Gives them back, so that the caller can do for them what their own webhook could not. The call is locked.
 */
export async function adoptQuarantined(
  tx: Tx,
  businessId: number,
  accountSid: string,
  callSid: string,
): Promise<readonly AdoptedEvent[]> {
  const adopted: AdoptedEvent[] = [];
  const family = new Set([callSid]);
  // A set gives what is added while it is walked: the legs of a leg are taken over too.
  for (const member of family) {
    if (member !== callSid) await lockCalls(tx, [member]);
    for (const row of await takeFromQuarantine(tx, accountSid, member)) {
      const ofCall = row.callSid ?? member;
      family.add(ofCall);
      const taken = await adopt(tx, businessId, ofCall, row);
      if (taken)
        adopted.push({ kind: row.kind as EventKind, callSid: ofCall, payload: row.payload as Params });
    }
  }
  return adopted;
}

type QuarantinedRow = typeof quarantinedEvent.$inferSelect;

function takeFromQuarantine(tx: Tx, accountSid: string, callSid: string): Promise<QuarantinedRow[]> {
  return tx
    .delete(quarantinedEvent)
    .where(
      and(
        eq(quarantinedEvent.accountSid, accountSid),
        or(eq(quarantinedEvent.callSid, callSid), eq(quarantinedEvent.waitsFor, callSid)),
      ),
    )
    .returning();
}

/** Gives whether the tenant did not have the event yet. */
async function adopt(tx: Tx, businessId: number, callSid: string, row: QuarantinedRow): Promise<boolean> {
  await ensureCall(tx, businessId, callSid, { from: row.fromNumber, to: row.toNumber });
  const { eventKey, kind, payload, answer, redeliveryCount, receivedAt } = row;
  const [stored] = await tx
    .insert(callEvent)
    .values({ businessId, eventKey, kind, callSid, payload, answer, redeliveryCount, receivedAt })
    .onConflictDoUpdate({
      target: [callEvent.businessId, callEvent.eventKey],
      set: { redeliveryCount: sql`${callEvent.redeliveryCount} + excluded.redelivery_count + 1` },
    })
    .returning({ inserted: sql<boolean>`xmax = 0` });
  return stored?.inserted ?? false;
}
