// For whoever decides about traffic: is the process alive, and should it get requests.

import type { FastifyInstance } from 'fastify';
import type { Db } from '../db/client.ts';
import { describeFault } from '../db/describe-fault.ts';
import { probeSchema } from '../store/probe-schema.ts';
import type { Life } from './life.ts';

/**
 * `/healthz` answers while the process runs. `/readyz` asks the database each time for every column this release reads, so
 * that a schema that lost one turns readiness off without waiting for a victim, and a mended one turns it on again.
 */
export function registerHealth(app: FastifyInstance, db: Db, life: Life): void {
  app.get('/healthz', async () => ({ status: 'alive' }));

  app.get('/readyz', async (request, reply) => {
    const why = life.phase === 'serving' ? [] : [`the process is ${life.phase}`];
    try {
      await probeSchema(db);
    } catch (error) {
      const fault = describeFault(error);
      if (fault === null) throw error;
      if (fault.kind === 'schema')
        request.log.error({ sqlstate: fault.code, detail: fault.detail }, 'UndefinedColumn');
      why.push(
        fault.kind === 'schema'
          ? `the schema lacks what this release needs: ${fault.detail} (${fault.code})`
          : `the database cannot be read (${fault.code})`,
      );
    }
    return reply
      .code(why.length === 0 ? 200 : 503)
      .send(why.length === 0 ? { status: 'ready' } : { status: 'not ready', why });
  });
}
