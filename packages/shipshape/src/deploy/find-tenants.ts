// findTenants: the schemas that a pattern means.
import type { Session } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Tenant } from './fleet.ts';

/**
 * `*` stands for any characters. Sorted by name. Throws ShipshapeError (exit 2) `tenants-not-found`, and
 * `tenant-schema-reserved` for a pattern that takes in schemas which are PostgreSQL's or the ledger's.
 */
export async function findTenants(
  session: Session,
  target: Target,
  pattern: string,
): Promise<readonly Tenant[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT nspname::text AS name FROM pg_catalog.pg_namespace
     WHERE nspname !~ '^pg_(toast_)?temp_' AND nspname <> 'pg_toast' ORDER BY nspname COLLATE "C"`,
  );
  const schemas = rows.map(({ name }) => name);
  const meant = schemas.filter(matcherOf(pattern));
  const reserved = meant.filter(isReserved);
  if (reserved.length > 0)
    throw new ShipshapeError([makeFinding('tenant-schema-reserved', { pattern, schemas: reserved })]);
  if (meant.length === 0) {
    const others = schemas.filter((name) => !isReserved(name));
    throw new ShipshapeError([
      makeFinding('tenants-not-found', { pattern, target: target.display, schemas: others }),
    ]);
  }
  return meant.map((name) => ({ name, target, scope: name }));
}

/** search_path takes "$user", in quotes too, for the role's name. */
function isReserved(name: string): boolean {
  return name.startsWith('pg_') || ['information_schema', 'shipshape', '$user'].includes(name);
}

function matcherOf(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (name) => expression.test(name);
}
