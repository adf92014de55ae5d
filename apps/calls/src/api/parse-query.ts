// What a caller may write behind the question mark, and what is answered when it cannot be understood.

import { badRequest } from '../http/problem.ts';
import type { Moment, PageEnd } from '../store/calls-in-range.ts';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/;
const ZONED = /^(.+T.+)(Z|[+-]\d\d:[0-5]\d)$/;

/**
 * `2026-03-27` (local midnight), `2026-03-27T08:00` (the tenant's clock) or `2026-03-27T08:00:00+02:00` (an instant). Years from
 * 2000 to 2999. Throws a 400 that names the parameter.
 */
export function parseMoment(query: Query, name: string): Moment {
  const text = one(query, name);
  if (text === undefined) {
    throw badRequest(
      `${name} is missing: a date such as 2026-03-27, or a date and time such as 2026-03-27T08:00:00Z`,
    );
  }
  if (/T.* \d\d:?\d\d$/.test(text))
    throw badRequest(`${name} has a space before its offset: write + as %2B in a URL`);
  const zoned = ZONED.exec(text);
  const local = zoned?.[1] ?? text;
  const date = DATE.exec(local) ?? LOCAL.exec(local);
  const instant = new Date(text);
  const usable = zoned === null || (LOCAL.test(local) && !Number.isNaN(instant.getTime()));
  if (date === null || !isDay(date) || !usable)
    throw badRequest(`${name} is not a date or a date and time in ISO 8601, such as 2026-03-27T08:00:00Z`);
  return zoned === null ? { local: text } : { instant };
}

function isDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && Number(year) >= 2000 && Number(year) < 3000;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

/** How many calls a page has. Throws a 400. */
export function parseLimit(query: Query): number {
  const text = one(query, 'limit');
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw badRequest(`limit is not a number from 1 to ${MAX_LIMIT}`);
  return limit;
}

/** The place after which the page begins; null for the first. Throws a 400. */
export function parseCursor(query: Query): PageEnd | null {
  const text = one(query, 'cursor');
  if (text === undefined) return null;
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  const [createdAt = '', id = '', ...more] = decoded.split('|');
  const moment = LOCAL.exec(createdAt);
  if (moment === null || !isDay(moment) || !/^\d{1,15}$/.test(id) || more.length > 0) {
    throw badRequest('cursor is not one that this server gave');
  }
  return { createdAt, id: Number(id) };
}

export function renderCursor({ createdAt, id }: PageEnd): string {
  return Buffer.from(`${createdAt}|${id}`, 'utf8').toString('base64url');
}

function one(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value !== undefined && typeof value !== 'string') throw badRequest(`${name} is given more than once`);
  return value;
}
