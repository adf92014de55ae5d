// openVisit: how another program reaches a scratch database: an address that every driver understands.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { variablesOf } from '../migrate/command/variables-of.ts';
import { isSocketDirectory, type Target } from '../postgres/target.ts';
import { openDoor } from './door.ts';

export interface Visit {
  /** DATABASE_URL and libpq's variables. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * `postgres://user:password@127.0.0.1:port/database` in front of a socket, since many programs take an address apart
 * themselves and know no socket; a server that is reached by TCP is named as it is, password included.
 */
export async function openVisit(target: Target): Promise<Visit> {
  if (!isSocketDirectory(target.host)) {
    const password = target.password === null ? null : target.password();
    return { variables: variablesOf({ ...target, password }), close: () => Promise.resolve() };
  }
  const password = randomBytes(18).toString('hex');
  const door = await openDoor(join(target.host, `.s.PGSQL.${target.port}`), password);
  return {
    variables: variablesOf({ ...target, host: '127.0.0.1', port: door.port, password }),
    close: () => door.close(),
  };
}
