// Policies of drizzle tables.
import type { PgPolicy, PgRole } from 'drizzle-orm/pg-core';
import { cutIdentifier, type Policy } from '../../catalog/index.ts';
import type { Dialect } from './dialect.ts';
import type { Owner } from './keys.ts';
import type { Told } from './told.ts';

/** Throws an Error when an expression throws. */
export function readPolicy(
  dialect: Dialect,
  { schema, table }: Pick<Owner, 'schema' | 'table'>,
  source: PgPolicy,
): Told {
  const expression = (value: PgPolicy['using']): string | null =>
    value === undefined ? null : dialect.renderExpression(value);
  const object: Policy = {
    kind: 'policy',
    schema,
    table,
    name: cutIdentifier(source.name),
    command: source.for ?? 'all',
    permissive: source.as !== 'restrictive',
    roles: rolesOf(source.to).sort(),
    using: expression(source.using),
    withCheck: expression(source.withCheck),
  };
  return { object, mark: { kind: 'text', text: source.name } };
}

function rolesOf(to: PgPolicy['to']): string[] {
  if (to === undefined) return ['PUBLIC'];
  return ([to].flat() as readonly (string | PgRole)[]).map((role) =>
    typeof role !== 'string' ? role.name : role === 'public' ? 'PUBLIC' : role,
  );
}
