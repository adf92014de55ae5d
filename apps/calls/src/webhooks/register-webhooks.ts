// The provider's webhooks over HTTP, by POST with a form or by GET with a query; nothing is read before the signature is good.

import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Params } from '../domain/parse-call-event.ts';
import { ProblemError } from '../http/problem.ts';
import { type ReceiveDeps, receive } from './receive.ts';
import { isSigned, type SignatureKeys } from './signature.ts';
import { WEBHOOKS } from './webhook.ts';

export type WebhookDeps = ReceiveDeps & SignatureKeys;

type Raw = Readonly<Record<string, string | readonly string[]>>;

export function registerWebhooks(app: FastifyInstance, deps: WebhookDeps): void {
  app.register(async (webhooks) => {
    webhooks.removeAllContentTypeParsers();
    await webhooks.register(formbody, { bodyLimit: 256 * 1024 });

    for (const [url, kind] of Object.entries(WEBHOOKS)) {
      webhooks.route({
        method: ['GET', 'POST'],
        url,
        async handler(request, reply) {
          const raw = signedParams(request, deps);
          const { answer, callSid, outcome } = await receive(deps, { kind, params: firstValues(raw) });
          request.log.info({ callSid, kind, outcome }, 'webhook');
          return answer === null
            ? reply.code(204).send()
            : reply.type('text/xml; charset=utf-8').send(answer);
        },
      });
    }
  });
}

/** The parameters of the request. Throws a 403 when they are not signed by the provider. */
function signedParams(request: FastifyRequest, keys: SignatureKeys): Raw {
  const posted = request.method === 'POST';
  const form = posted ? ((request.body ?? {}) as Raw) : {};
  const signature = request.headers['x-twilio-signature'];
  if (!isSigned({ rawUrl: request.raw.url ?? '', signature, form }, keys)) {
    throw new ProblemError({ status: 403, title: 'the signature is missing or wrong' });
  }
  return posted ? form : (request.query as Raw);
}

/** Of a repeated parameter the first. A NUL cannot be stored in PostgreSQL and is never meant. */
function firstValues(raw: Raw): Params {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [
      name,
      (typeof value === 'string' ? value : (value[0] ?? '')).replaceAll('\0', ''),
    ]),
  );
}
