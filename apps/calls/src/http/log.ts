// The log file: one JSON object a line, identifiers only. A request is logged by its route, for its URL may carry a phone number.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { destination, type Logger, pino } from 'pino';

/** Appends to `file`. Written at once: the last line before a crash is the one that is wanted. */
export function openLog(file: string): Logger {
  mkdirSync(dirname(file), { recursive: true });
  return pino(
    { base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: file, sync: true }),
  );
}

export function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (route === '/healthz' || route === '/readyz') return;
    const { method } = request;
    request.log.info(
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
}
