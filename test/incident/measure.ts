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
  const jobs = await finishedJobs(url);
  const recording = traffic.webhooks.recording_status;
  return {
    webhooks: { ok: traffic.total.ok, of: traffic.total.sent },
    recordingCallbacks: { ok: recording?.ok ?? 0, of: recording?.sent ?? 0 },
    api: { ok: api.asked - api.failed, of: api.asked },
    backgroundTasks: jobs,
    costMetrics: { ok: await filledColumns(url, since), of: costColumns.length },
    problems: { ...traffic.problems, ...api.problems },
  };
}

/** Waits until the queue is empty or holds only what has failed for good; what is left has failed. */
async function finishedJobs(url: string): Promise<Share> {
  return withClient(url, async (client) => {
    for (let turn = 0; turn < 600; turn++) {
      const { rows } = await client.query<{ open: number; failed: number; added: number }>(
        `select count(*) filter (where attempts < max_attempts)::int as open,
                count(*) filter (where attempts >= max_attempts)::int as failed,
                coalesce((select last_value from graphile_worker._private_jobs_id_seq where is_called), 0)::int as added
         from graphile_worker._private_jobs`,
      );
      const [row] = rows;
      if (row !== undefined && row.open === 0) return { ok: row.added - row.failed, of: row.added };
      await pause(100);
    }
    throw new Error('the queue was not empty after a minute');
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
