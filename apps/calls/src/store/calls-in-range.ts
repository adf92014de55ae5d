// The calls of a tenant between two moments, newest first, page by page; and what "the last seven days" are to that tenant.

import { and, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { business, businessSettings, callLog } from '../db/schema.ts';
import type { Call } from '../domain/call.ts';
import { makeCall } from './read-call.ts';

/** Half-open: `from` belongs to it, `to` does not. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** A moment as a person names it: an instant, or a date (and time) on the tenant's own clock, `2026-03-27` or `2026-03-27T08:00`. */
export type Moment = { readonly instant: Date } | { readonly local: string };

/** Where a page ended: the next one begins after this call. */
export interface PageEnd {
  /** `created_at` with microseconds, which a Date would lose. */
  readonly createdAt: string;
  readonly id: number;
}

export interface CallsPage {
  readonly calls: readonly Call[];
  /** Null on the last page. */
  readonly end: PageEnd | null;
}

const timezone = sql<string>`coalesce(${businessSettings.timezone}, 'UTC')`;
/** Instant (`timestamptz`) to the `timestamp` in UTC that the columns hold; Drizzle then reads it as a Date. */
const utc = (expression: SQL) => sql<Date>`(${expression}) at time zone 'utc'`.mapWith(callLog.createdAt);

/** Resolves both moments on the tenant's clock, daylight saving included. Throws RangeError for a business that does not exist. */
export async function resolveRange(
  db: Db,
  businessId: number,
  from: Moment,
  to: Moment,
): Promise<TimeRange & { readonly timezone: string }> {
  const resolve = (moment: Moment) =>
    'instant' in moment
      ? utc(sql`${moment.instant.toISOString()}::timestamptz`)
      : utc(sql`${moment.local}::timestamp at time zone ${timezone}`);
  return readForBusiness(db, businessId, { from: resolve(from), to: resolve(to), timezone });
}

/** The tenant's today and the six days before it, from local midnight to local midnight. */
export async function readLastSevenDays(
  db: Db,
  businessId: number,
  now: Date,
): Promise<TimeRange & { readonly timezone: string }> {
  const today = sql`date_trunc('day', ${now.toISOString()}::timestamptz at time zone ${timezone})`;
  return readForBusiness(db, businessId, {
    from: utc(sql`(${today} - interval '6 days') at time zone ${timezone}`),
    to: utc(sql`(${today} + interval '1 day') at time zone ${timezone}`),
    timezone,
  });
}

async function readForBusiness(
  db: Db,
  businessId: number,
  fields: { from: SQL<Date>; to: SQL<Date>; timezone: SQL<string> },
): Promise<TimeRange & { readonly timezone: string }> {
  const [row] = await db
    .select(fields)
    .from(business)
    .leftJoin(businessSettings, eq(businessSettings.businessId, business.id))
    .where(eq(business.id, businessId));
  if (row === undefined) throw new RangeError('no such business');
  return row;
}

export async function countCalls(db: Db, businessId: number, range: TimeRange): Promise<number> {
  const [row] = await db.select({ calls: count() }).from(callLog).where(within(businessId, range));
  return row?.calls ?? 0;
}

export interface DayCount {
  /** The tenant's own date, `2026-03-27`. */
  readonly date: string;
  readonly calls: number;
}

/** One entry a local day of the range, also where there was no call, oldest first. */
export async function countCallsPerDay(
  db: Db,
  businessId: number,
  range: TimeRange & { readonly timezone: string },
): Promise<readonly DayCount[]> {
  const localDay = (at: SQL | typeof callLog.createdAt) =>
    sql`((${at} at time zone 'utc') at time zone ${range.timezone})::date`;
  const bound = (at: Date) => sql`${at.toISOString()}::timestamp`;
  const { rows } = await db.execute<{ date: string; calls: number }>(sql`
    with days as (
      select day::date from generate_series(
        ${localDay(bound(range.from))}, ${localDay(bound(range.to))} - 1, interval '1 day') as day
    ), counted as (
      select ${localDay(callLog.createdAt)} as day, count(*)::integer as calls
      from ${callLog} where ${within(businessId, range)} group by 1
    )
    select to_char(days.day, 'YYYY-MM-DD') as date, coalesce(counted.calls, 0) as calls
    from days left join counted using (day) order by 1`);
  return rows;
}

/** Newest first; `after` is the end of the page before. Reads by key, so that a late page costs what the first does. */
export async function readCallsPage(
  db: Db,
  businessId: number,
  range: TimeRange,
  page: { readonly limit: number; readonly after: PageEnd | null },
): Promise<CallsPage> {
  const { limit, after } = page;
  const rows = await db
    .select({
      row: callLog,
      createdAt: sql<string>`to_char(${callLog.createdAt}, 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
    })
    .from(callLog)
    .where(
      and(
        within(businessId, range),
        after === null
          ? undefined
          : sql`(${callLog.createdAt}, ${callLog.id}) < (${after.createdAt}::timestamp, ${after.id}::bigint)`,
      ),
    )
    .orderBy(desc(callLog.createdAt), desc(callLog.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    calls: shown.map(({ row }) => makeCall(row)),
    end: last === undefined ? null : { createdAt: last.createdAt, id: last.row.id },
  };
}

function within(businessId: number, range: TimeRange) {
  return and(
    eq(callLog.businessId, businessId),
    gte(callLog.createdAt, range.from),
    lt(callLog.createdAt, range.to),
  );
}
