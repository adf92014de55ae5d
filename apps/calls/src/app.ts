// The HTTP server with all its routes, over whatever database and queue it is given.

import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { registerApi } from './api/register-api.ts';
import type { Config } from './config.ts';
import type { Db } from './db/client.ts';
import type { Life } from './http/life.ts';
import { registerRequestLog } from './http/log.ts';
import { registerDrain } from './http/register-drain.ts';
import { registerErrors } from './http/register-errors.ts';
import { registerHealth } from './http/register-health.ts';
import { enqueue } from './jobs/queue.ts';
import { registerWebhooks } from './webhooks/register-webhooks.ts';

export interface AppDeps {
  readonly config: Pick<Config, 'authTokens' | 'publicBaseUrl' | 'mediaStreamUrl'>;
  /** The queue's schema must be installed in it (`startWorker`). */
  readonly db: Db;
  readonly log: FastifyBaseLogger;
  readonly life: Life;
  /** The tenant that the API shows without a key; null where a key is required. */
  readonly demoBusinessId: number | null;
}

/** Not listening yet. Closing it lets running requests end. */
export function makeApp({ config, db, log, life, demoBusinessId }: AppDeps): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    // It would log URLs, and a webhook by GET carries phone numbers in its URL.
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    // Requests on connections that are still open are served to the end, not answered with 503 (see `registerDrain`).
    return503OnClosing: false,
    bodyLimit: 256 * 1024,
  });
  registerDrain(app, life);
  registerRequestLog(app);
  registerErrors(app);
  registerHealth(app, db, life);
  registerWebhooks(app, {
    db,
    enqueue,
    authTokens: config.authTokens,
    publicBaseUrl: config.publicBaseUrl,
    twiml: config,
  });
  registerApi(app, { db, demoBusinessId });
  return app;
}
