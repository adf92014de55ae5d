// The tables this release needs, declared for Drizzle and read by Shipshape. Column order and names are those of the migrations.

import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  varchar,
} from 'drizzle-orm/pg-core';

/** Now, as UTC, whatever time zone the session has. */
const utcNow = sql`(now() at time zone 'utc')`;
const identity = () => bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity();
const ofBusiness = (name: string, t: { businessId: AnyPgColumn }) =>
  foreignKey({ name, columns: [t.businessId], foreignColumns: [business.id] }).onDelete('cascade');
const ofCall = (name: string, t: { businessId: AnyPgColumn; callSid: AnyPgColumn }) =>
  foreignKey({
    name,
    columns: [t.businessId, t.callSid],
    foreignColumns: [callLog.businessId, callLog.callSid],
  }).onDelete('cascade');

export const apiKeyRole = pgEnum('api_key_role', ['viewer', 'operator', 'admin']);
export const callDirection = pgEnum('call_direction', ['inbound', 'outbound', 'unknown']);
export const transcriptSource = pgEnum('transcript_source', ['recording', 'realtime', 'failed']);

export const business = pgTable(
  'business',
  {
    id: integer('id').generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    accountSid: varchar('account_sid', { length: 34 }),
    createdAt: timestamp('created_at').notNull().default(utcNow),
  },
  (t) => [
    primaryKey({ name: 'business_pkey', columns: [t.id] }),
    index('business_account_sid_idx').on(t.accountSid),
  ],
);

export const businessNumber = pgTable(
  'business_number',
  {
    businessId: integer('business_id').notNull(),
    number: varchar('number', { length: 64 }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'business_number_pkey', columns: [t.businessId, t.number] }),
    ofBusiness('business_number_business_fk', t),
    index('business_number_number_idx').on(t.number),
  ],
);

export const businessSettings = pgTable(
  'business_settings',
  {
    businessId: integer('business_id').notNull(),
    timezone: varchar('timezone', { length: 64 }).notNull().default('UTC'),
    recordCalls: boolean('record_calls').notNull().default(true),
    retentionDays: integer('retention_days').notNull().default(90),
    maxCallMinutes: integer('max_call_minutes').notNull().default(240),
    rates: jsonb('rates').notNull().default({}),
  },
  (t) => [
    primaryKey({ name: 'business_settings_pkey', columns: [t.businessId] }),
    ofBusiness('business_settings_business_fk', t),
    check('business_settings_limits', sql`retention_days > 0 and max_call_minutes > 0`),
  ],
);

export const apiKey = pgTable(
  'api_key',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    name: varchar('name', { length: 100 }).notNull(),
    keyHash: varchar('key_hash', { length: 64 }).notNull(),
    role: apiKeyRole('role').notNull().default('viewer'),
    createdAt: timestamp('created_at').notNull().default(utcNow),
    revokedAt: timestamp('revoked_at'),
  },
  (t) => [
    primaryKey({ name: 'api_key_pkey', columns: [t.businessId, t.id] }),
    unique('api_key_hash_key').on(t.businessId, t.keyHash),
    ofBusiness('api_key_business_fk', t),
    index('api_key_hash_idx').on(t.keyHash),
  ],
);

export const lead = pgTable(
  'lead',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    phoneNumber: varchar('phone_number', { length: 64 }).notNull(),
    name: varchar('name', { length: 200 }),
    createdAt: timestamp('created_at').notNull().default(utcNow),
  },
  (t) => [
    primaryKey({ name: 'lead_pkey', columns: [t.businessId, t.id] }),
    unique('lead_phone_number_key').on(t.businessId, t.phoneNumber),
    ofBusiness('lead_business_fk', t),
  ],
);

export const callLog = pgTable(
  'call_log',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    leadId: bigint('lead_id', { mode: 'number' }),
    callSid: varchar('call_sid', { length: 64 }).notNull(),
    parentCallSid: varchar('parent_call_sid', { length: 64 }),
    fromNumber: varchar('from_number', { length: 255 }),
    toNumber: varchar('to_number', { length: 255 }),
    direction: callDirection('direction').notNull().default('unknown'),
    twilioDirection: varchar('twilio_direction', { length: 32 }),
    duration: integer('duration'),
    status: varchar('status', { length: 32 }),
    recordingUrl: varchar('recording_url', { length: 1024 }),
    recordingSid: varchar('recording_sid', { length: 64 }),
    transcription: text('transcription'),
    finalTranscript: text('final_transcript'),
    transcriptSource: transcriptSource('transcript_source'),
    summary: text('summary'),
    audioBytesLen: bigint('audio_bytes_len', { mode: 'number' }),
    audioDurationSec: doublePrecision('audio_duration_sec'),
    errorCode: integer('error_code'),
    errorMessage: text('error_message'),
    createdAt: timestamp('created_at').notNull().default(utcNow),
    updatedAt: timestamp('updated_at').notNull().default(utcNow),
    recordingMode: varchar('recording_mode', { length: 32 }),
    streamStartedAt: timestamp('stream_started_at'),
    streamEndedAt: timestamp('stream_ended_at'),
    streamDurationSec: doublePrecision('stream_duration_sec'),
    streamConnectCount: integer('stream_connect_count').default(0),
    webhook11205Count: integer('webhook_11205_count').default(0),
    webhookRetryCount: integer('webhook_retry_count').default(0),
    recordingCount: integer('recording_count').default(0),
    estimatedCostBucket: varchar('estimated_cost_bucket', { length: 16 }),
  },
  (t) => [
    primaryKey({ name: 'call_log_pkey', columns: [t.businessId, t.id] }),
    unique('call_log_call_sid_key').on(t.businessId, t.callSid),
    ofBusiness('call_log_business_fk', t),
    foreignKey({
      name: 'call_log_lead_fk',
      columns: [t.businessId, t.leadId],
      foreignColumns: [lead.businessId, lead.id],
    }),
    // PostgreSQL sorts nulls first when descending; without saying so Drizzle would declare an index that no query here can use.
    index('call_log_keyset_idx').on(t.businessId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('call_log_call_sid_idx').on(t.callSid),
    index('call_log_lead_idx').on(t.businessId, t.leadId),
  ],
);

export const conversationTurn = pgTable(
  'conversation_turn',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    callSid: varchar('call_sid', { length: 64 }).notNull(),
    position: integer('position').notNull(),
    speaker: varchar('speaker', { length: 16 }).notNull(),
    content: text('content').notNull(),
    startedAt: timestamp('started_at'),
  },
  (t) => [
    primaryKey({ name: 'conversation_turn_pkey', columns: [t.businessId, t.id] }),
    unique('conversation_turn_position_key').on(t.businessId, t.callSid, t.position),
    ofCall('conversation_turn_call_fk', t),
  ],
);

export const callEvent = pgTable(
  'call_event',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    eventKey: varchar('event_key', { length: 200 }).notNull(),
    kind: varchar('kind', { length: 32 }).notNull(),
    callSid: varchar('call_sid', { length: 64 }),
    payload: jsonb('payload').notNull(),
    answer: text('answer'),
    redeliveryCount: integer('redelivery_count').notNull().default(0),
    receivedAt: timestamp('received_at').notNull().default(utcNow),
  },
  (t) => [
    primaryKey({ name: 'call_event_pkey', columns: [t.businessId, t.id] }),
    unique('call_event_key').on(t.businessId, t.eventKey),
    ofBusiness('call_event_business_fk', t),
    ofCall('call_event_call_fk', t),
    index('call_event_call_idx').on(t.businessId, t.callSid),
  ],
);

export const callRecording = pgTable(
  'call_recording',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    callSid: varchar('call_sid', { length: 64 }).notNull(),
    recordingSid: varchar('recording_sid', { length: 64 }).notNull(),
    status: varchar('status', { length: 32 }).notNull(),
    source: varchar('source', { length: 64 }),
    url: varchar('url', { length: 1024 }),
    channels: integer('channels'),
    durationSec: integer('duration_sec'),
    startedAt: timestamp('started_at'),
    errorCode: integer('error_code'),
    downloadedAt: timestamp('downloaded_at'),
    audioBytesLen: bigint('audio_bytes_len', { mode: 'number' }),
    audioDurationSec: doublePrecision('audio_duration_sec'),
    audioSha256: varchar('audio_sha256', { length: 64 }),
  },
  (t) => [
    primaryKey({ name: 'call_recording_pkey', columns: [t.businessId, t.id] }),
    unique('call_recording_sid_key').on(t.businessId, t.recordingSid),
    ofCall('call_recording_call_fk', t),
    index('call_recording_call_idx').on(t.businessId, t.callSid),
  ],
);

export const callStream = pgTable(
  'call_stream',
  {
    businessId: integer('business_id').notNull(),
    id: identity(),
    callSid: varchar('call_sid', { length: 64 }).notNull(),
    streamSid: varchar('stream_sid', { length: 64 }).notNull(),
    name: varchar('name', { length: 200 }),
    startedAt: timestamp('started_at'),
    endedAt: timestamp('ended_at'),
    endedBy: varchar('ended_by', { length: 32 }),
    error: text('error'),
  },
  (t) => [
    primaryKey({ name: 'call_stream_pkey', columns: [t.businessId, t.id] }),
    unique('call_stream_sid_key').on(t.businessId, t.streamSid),
    ofCall('call_stream_call_fk', t),
    index('call_stream_call_idx').on(t.businessId, t.callSid),
  ],
);

/** Events whose tenant is not known (yet): they belong to no tenant, hence the one table without `business_id`. */
export const quarantinedEvent = pgTable(
  'quarantined_event',
  {
    id: identity(),
    accountSid: varchar('account_sid', { length: 34 }).notNull(),
    eventKey: varchar('event_key', { length: 200 }).notNull(),
    kind: varchar('kind', { length: 32 }).notNull(),
    callSid: varchar('call_sid', { length: 64 }),
    waitsFor: varchar('waits_for', { length: 64 }),
    reason: varchar('reason', { length: 32 }).notNull(),
    toNumber: varchar('to_number', { length: 255 }),
    fromNumber: varchar('from_number', { length: 255 }),
    payload: jsonb('payload').notNull(),
    answer: text('answer'),
    redeliveryCount: integer('redelivery_count').notNull().default(0),
    receivedAt: timestamp('received_at').notNull().default(utcNow),
  },
  (t) => [
    primaryKey({ name: 'quarantined_event_pkey', columns: [t.id] }),
    unique('quarantined_event_key').on(t.accountSid, t.eventKey),
    index('quarantined_event_call_idx').on(t.callSid),
    index('quarantined_event_waits_for_idx').on(t.waitsFor),
  ],
);

export const callCostReason = pgTable(
  'call_cost_reason',
  {
    businessId: integer('business_id').notNull(),
    callSid: varchar('call_sid', { length: 64 }).notNull(),
    reason: varchar('reason', { length: 32 }).notNull(),
    ruleVersion: integer('rule_version').notNull(),
    points: integer('points').notNull(),
    facts: jsonb('facts').notNull(),
  },
  (t) => [
    primaryKey({ name: 'call_cost_reason_pkey', columns: [t.businessId, t.callSid, t.reason] }),
    ofCall('call_cost_reason_call_fk', t),
  ],
);
