// The service over real HTTP, in this process, with a signer of its own that knows nothing of the provider's library.
import { createHmac } from 'node:crypto';
import { makeWorkerUtils } from 'graphile-worker';
import { pino } from 'pino';
import { makeApp } from '../../src/app.ts';
import type { Life } from '../../src/http/life.ts';
import { WEBHOOKS } from '../../src/webhooks/webhook.ts';
import type { TestDatabase } from './database.ts';
import type { Telling } from './events.ts';

export type Form = readonly [string, string][];

export const token = 'a-token-for-tests';
/** What the provider believes to call; the service listens elsewhere, as behind a proxy. */
export const publicBaseUrl = 'https://calls.example.com';

/** https://www.twilio.com/docs/usage/security#validating-requests, written from the page. */
export function sign(url: string, form: Form, authToken = token): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value));
  const names = [...values.keys()].sort();
  const text = names.flatMap((name) => [...values.get(name)!].sort().map((value) => name + value)).join('');
  return createHmac('sha1', authToken)
    .update(url + text, 'utf8')
    .digest('base64');
}

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

export interface Service {
  readonly url: string;
  readonly life: Life;
  /** The lines of the log so far. */
  readonly log: readonly string[];
  readonly send: (path: string, init?: RequestInit) => Promise<Answer>;
  /** A webhook as the provider sends it; `signature` null sends none. */
  readonly post: (
    path: string,
    form: Form,
    options?: { signature?: string | null; token?: string },
  ) => Promise<Answer>;
  readonly tell: (telling: Telling, more?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export async function startService(
  database: TestDatabase,
  options: { authTokens?: readonly string[]; demoBusinessId?: number | null; phase?: Life['phase'] } = {},
): Promise<Service> {
  const queue = await makeWorkerUtils({ pgPool: database.pool });
  await queue.migrate();
  const life: Life = { phase: options.phase ?? 'serving' };
  const log: string[] = [];
  const app = makeApp({
    config: {
      authTokens: options.authTokens ?? [token],
      publicBaseUrl,
      mediaStreamUrl: 'wss://calls.example.com/ws/twilio-media',
    },
    db: database.db,
    log: pino({}, { write: (line: string) => log.push(line) }),
    life,
    demoBusinessId: options.demoBusinessId ?? null,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const send = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  const post: Service['post'] = (path, form, { signature, token: by = token } = {}) => {
    const signed = signature === undefined ? sign(`${publicBaseUrl}${path}`, form, by) : signature;
    return send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        ...(signed !== null && { 'x-twilio-signature': signed }),
      },
      body: new URLSearchParams(form).toString(),
    });
  };
  return {
    url,
    life,
    log,
    send,
    post,
    tell({ kind, params }, more = {}) {
      const path = Object.entries(WEBHOOKS).find(([, each]) => each === kind)![0];
      return post(path, Object.entries({ ...params, ...more }));
    },
    close: () => app.close(),
  };
}
