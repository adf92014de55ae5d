// The REST API for operators: how many calls there were, and which.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Db } from '../db/client.ts';
import { badRequest } from '../http/problem.ts';
import {
  countCalls,
  countCallsPerDay,
  readCallsPage,
  readLastSevenDays,
  resolveRange,
  type TimeRange,
} from '../store/calls-in-range.ts';
import { authenticate } from './authenticate.ts';
import { parseCursor, parseLimit, parseMoment, type Query, renderCursor } from './parse-query.ts';
import { renderCall } from './render-call.ts';

export interface ApiDeps {
  readonly db: Db;
  /** The tenant that is read without a key; null where a key is required. */
  readonly demoBusinessId: number | null;
}

const MAX_RANGE_DAYS = 93;
const DAY_MS = 24 * 60 * 60 * 1000;

export function registerApi(app: FastifyInstance, { db, demoBusinessId }: ApiDeps): void {
  app.register(async (api) => {
    api.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    /** `from` belongs to the range, `to` does not. `calls` is one page; `next` leads to the following one. */
    api.get('/api/calls/range', async (request) => {
      const { businessId } = await authenticate(request, db, demoBusinessId);
      const query = request.query as Query;
      const range = await resolveRange(db, businessId, parseMoment(query, 'from'), parseMoment(query, 'to'));
      assertUsable(range);
      return {
        calls_in_range: await countCalls(db, businessId, range),
        ...renderRange(range),
        ...(await readPage(db, request, businessId, range)),
      };
    });

    /** Today and the six days before, as the tenant's clock counts days. */
    api.get('/api/calls/last7d', async (request) => {
      const { businessId } = await authenticate(request, db, demoBusinessId);
      const range = await readLastSevenDays(db, businessId, new Date());
      const days = await countCallsPerDay(db, businessId, range);
      return {
        calls_last7d: days.reduce((total, { calls }) => total + calls, 0),
        ...renderRange(range),
        days,
        ...(await readPage(db, request, businessId, range)),
      };
    });
  });
}

function assertUsable({ from, to }: TimeRange): void {
  if (to <= from) throw badRequest('to is not after from');
  if (to.getTime() - from.getTime() > MAX_RANGE_DAYS * DAY_MS) {
    throw badRequest(`the range is longer than ${MAX_RANGE_DAYS} days: ask in parts`);
  }
}

function renderRange(range: TimeRange & { readonly timezone: string }) {
  return { from: range.from.toISOString(), to: range.to.toISOString(), timezone: range.timezone };
}

async function readPage(db: Db, request: FastifyRequest, businessId: number, range: TimeRange) {
  const query = request.query as Query;
  const limit = parseLimit(query);
  const { calls, end } = await readCallsPage(db, businessId, range, { limit, after: parseCursor(query) });
  return { calls: calls.map(renderCall), next: end === null ? null : nextPage(request, renderCursor(end)) };
}

/** The same address with the cursor of the next page. */
function nextPage(request: FastifyRequest, cursor: string): string {
  const url = new URL(request.raw.url ?? '/', 'http://localhost');
  url.searchParams.set('cursor', cursor);
  return `${url.pathname}${url.search}`;
}
