// While the process stops, each answer closes its connection: a busy client would keep a stopping server alive for ever.

import type { FastifyInstance } from 'fastify';
import type { Life } from './life.ts';

export function registerDrain(app: FastifyInstance, life: Life): void {
  app.addHook('onSend', async (_request, reply) => {
    if (life.phase === 'stopping') reply.header('connection', 'close');
  });
}
