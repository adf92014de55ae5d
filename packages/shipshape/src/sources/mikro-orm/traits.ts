// What MikroORM 7 says of a table beside what is in it: row security, partitioning.
import { cutIdentifier, type Policy, type Table } from '../../catalog/index.ts';
import type { Owner } from './told.ts';

export function readTraits({ source }: Owner): Pick<Table, 'rowSecurity' | 'partitionBy'> {
  const partitionBy = source.getPartitioning?.()?.definition.replace(/^\s*partition\s+by\s+/i, '');
  return {
    ...(source.rlsEnabled === true ? { rowSecurity: source.rlsForced === true ? 'forced' : 'enabled' } : {}),
    ...(partitionBy === undefined ? {} : { partitionBy }),
  };
}

export function readPolicies({ schema, table, source }: Owner): readonly Policy[] {
  return (source.getPolicies?.() ?? []).map(({ name, command, type, roles, using, check }) => ({
    kind: 'policy',
    schema,
    table,
    name: cutIdentifier(name),
    command,
    permissive: type === 'permissive',
    roles: roles.length === 0 ? ['PUBLIC'] : roles.map(roleOf).sort(),
    using: using ?? null,
    withCheck: check ?? null,
  }));
}

/** `public` is everybody (manual, CREATE POLICY). */
function roleOf(role: string): string {
  return role.toLowerCase() === 'public' ? 'PUBLIC' : role;
}
