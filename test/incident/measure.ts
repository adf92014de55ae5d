// What users and operators would have noticed, counted from answers and rows.
import { setTimeout as pause } from 'node:timers/promises';
import type { TrafficSummary } from '../../apps/calls/src/simulate/summary.ts';
import { withClient } from './fill.ts';
import type { ProbeCount } from './probes.ts';

export interface Share {
  readonly ok: number;
  readonly of: number;
}

export interface Measured {
  readonly webhooks: Share;
  readonly recordingCallbacks: Share;
  readonly api: Share;
  /** Of the recordings that the provider announced: downloaded, verified, transcribed. */
  readonly backgroundTasks: Share;
  /** How many of the nine columns at least one of the watched calls has filled; null where they do not exist. */
  readonly costMetrics: Share;
  readonly problems: Readonly<Record<string, number>>;
}

export const costColumns = [
  'recording_mode',
  'stream_started_at',
  'stream_ended_at',
  'stream_duration_sec',
  'stream_connect_count',
  'webhook_11205_count',
  'webhook_retry_count',
  'recording_count',
  'estimated_cost_bucket',
] as const;

export interface Observed {
  readonly url: string;
  readonly traffic: TrafficSummary;
  readonly api: ProbeCount;
  /** Only calls with a larger id count for the cost metrics. */
  readonly since?: number;
}

export async function measureEffects({ url, traffic, api, since = 0 }: Observed): Promise<Measured> {
  await queueIsDone(url);
  const recording = traffic.webhooks.recording_status;
  return {
    webhooks: { ok: traffic.total.ok, of: traffic.total.sent },
    recordingCallbacks: { ok: recording?.ok ?? 0, of: recording?.sent ?? 0 },
    api: { ok: api.asked - api.failed, of: api.asked },
    backgroundTasks: { ok: await workedOnRecordings(url, since), of: traffic.recordings },
    costMetrics: { ok: await filledColumns(url, since), of: costColumns.length },
    problems: { ...traffic.problems, ...api.problems },
  };
}

/** Waits until every job is done or has failed for good. */
async function queueIsDone(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (let turn = 0; turn < 900; turn++) {
      const { rows } = await client.query<{ open: number }>(
        'select count(*)::int as open from graphile_worker._private_jobs where attempts < max_attempts',
      );
      if (rows[0]?.open === 0) return;
      await pause(100);
    }
    throw new Error('the queue was not done after a minute and a half');
  });
}

/** Recordings that were downloaded, verified and transcribed in the background. */
async function workedOnRecordings(url: string, since: number): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ worked: number }>(
      `select count(*)::int as worked from call_recording r join call_log c using (business_id, call_sid)
       where c.id > $1 and r.downloaded_at is not null and c.transcript_source = 'recording'`,
      [since],
    );
    return rows[0]?.worked ?? 0;
  });
}

async function filledColumns(url: string, since: number): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ column_name: string }>(
      "select column_name from information_schema.columns where table_name = 'call_log' and column_name = any($1)",
      [costColumns],
    );
    if (rows.length === 0) return 0;
    const columns = rows.map(({ column_name: name }) => name);
    const counted = await client.query<Record<string, boolean>>(
      `select ${columns.map((name) => `coalesce(bool_or(${name} is not null and ${name}::text <> '0'), false) as ${name}`).join(', ')}
       from call_log where id > $1`,
      [since],
    );
    return Object.values(counted.rows[0] ?? {}).filter(Boolean).length;
  });
}
