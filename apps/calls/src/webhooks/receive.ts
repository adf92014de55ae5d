// Takes in one webhook: store the event, advance the call, enqueue the jobs, in one short transaction. Only then is it answered.

import type { Db, Tx } from '../db/client.ts';
import type { EventKind } from '../domain/call-event.ts';
import type { Job } from '../domain/job.ts';
import { parseCallEvent } from '../domain/parse-call-event.ts';
import { redactParams } from '../domain/redact-params.ts';
import { advanceStoredCall } from '../store/advance-stored-call.ts';
import { readRecordsCalls } from '../store/business-settings.ts';
import { findTenant } from '../store/find-tenant.ts';
import { lockCalls } from '../store/lock-calls.ts';
import {
  adoptQuarantined,
  ensureCall,
  type NewEvent,
  quarantineEvent,
  storeEvent,
} from '../store/store-event.ts';
import { jobsFor } from './jobs-for.ts';
import { parseParties } from './parse-parties.ts';
import { renderAnswer, renderHangup, renderReject, type TwimlSettings } from './render-twiml.ts';
import type { Delivery } from './webhook.ts';

export interface ReceiveDeps {
  readonly db: Db;
  readonly enqueue: (tx: Tx, job: Job) => Promise<void>;
  readonly twiml: TwimlSettings;
}

/** What became of a delivery. `answer` is TwiML, the same for every delivery of the same event; null for an empty answer. */
export interface Received {
  readonly answer: string | null;
  readonly callSid: string | null;
  readonly outcome: 'stored' | 'redelivered' | 'quarantined';
}

/** Throws `ZodError` when the webhook does not say what it is about, and what the database throws; then nothing is stored. */
export async function receive(deps: ReceiveDeps, delivery: Delivery): Promise<Received> {
  const { kind, params } = delivery;
  const payload = redactParams(kind, params);
  const event = parseCallEvent(kind, payload, { receivedAt: new Date(), redeliveries: 0 });
  const parties = parseParties(params, event);
  const { key, callSid } = event;

  return deps.db.transaction(async (tx) => {
    await lockCalls(tx, [...(parties.parentCallSid === null ? [] : [parties.parentCallSid]), callSid ?? key]);
    const tenant = await findTenant(tx, parties);
    if ('unknown' in tenant) {
      const newEvent: NewEvent = { key, kind, callSid, payload, answer: answerToNobody(kind) };
      const { answer } = await quarantineEvent(tx, newEvent, parties, tenant.unknown);
      return { answer, callSid, outcome: 'quarantined' };
    }

    const { businessId } = tenant;
    if (callSid !== null) await ensureCall(tx, businessId, callSid, parties);
    const adopted =
      callSid === null ? [] : await adoptQuarantined(tx, businessId, parties.accountSid, callSid);
    const newAnswer = await answerTo(tx, kind, businessId, deps.twiml);
    const stored = await storeEvent(tx, businessId, { key, kind, callSid, payload, answer: newAnswer });

    const advanced = new Set([
      ...adopted.map((each) => each.callSid),
      ...(callSid === null ? [] : [callSid]),
    ]);
    for (const each of advanced) await advanceStoredCall(tx, businessId, each);

    const early = adopted.map((each) =>
      parseCallEvent(each.kind, each.payload, { receivedAt: event.receivedAt, redeliveries: 0 }),
    );
    for (const each of stored.first ? [...early, event] : early) {
      for (const job of jobsFor(businessId, each)) await deps.enqueue(tx, job);
    }
    return { answer: stored.answer, callSid, outcome: stored.first ? 'stored' : 'redelivered' };
  });
}

async function answerTo(
  tx: Tx,
  kind: EventKind,
  businessId: number,
  twiml: TwimlSettings,
): Promise<string | null> {
  if (kind === 'voice request')
    return renderAnswer(twiml, { record: await readRecordsCalls(tx, businessId) });
  return kind === 'stream ended' ? renderHangup() : null;
}

function answerToNobody(kind: EventKind): string | null {
  if (kind === 'voice request') return renderReject();
  return kind === 'stream ended' ? renderHangup() : null;
}
