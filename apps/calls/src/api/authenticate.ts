// Which tenant is asking: the one of the API key, or the demo tenant where that is allowed.

import type { FastifyRequest } from 'fastify';
import type { Db } from '../db/client.ts';
import { ProblemError } from '../http/problem.ts';
import { readApiCaller } from '../store/api-key.ts';

/**
 * The key comes as `Authorization: Bearer …` or `X-Api-Key: …`. A wrong key is 401 also where none is needed. `demoBusinessId`
 * is read without a key; null where a key is required.
 */
export async function authenticate(
  request: FastifyRequest,
  db: Db,
  demoBusinessId: number | null,
): Promise<{ readonly businessId: number }> {
  const key = readKey(request);
  if (key !== null) {
    const caller = await readApiCaller(db, key);
    if (caller === null) throw unauthorized('this API key is not valid');
    return caller;
  }
  if (demoBusinessId === null) {
    throw unauthorized('an API key is required: send it as "Authorization: Bearer <key>"');
  }
  return { businessId: demoBusinessId };
}

function readKey({ headers }: FastifyRequest): string | null {
  if (headers.authorization !== undefined) return /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1] ?? '';
  const key = headers['x-api-key'];
  return key === undefined ? null : String(key);
}

function unauthorized(detail: string): ProblemError {
  return new ProblemError({ status: 401, title: 'who is asking?', detail });
}
