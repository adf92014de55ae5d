// Grant: a statement that gives a role something it lacks, for whoever may run it.
import { quoteIdentifier } from '../../catalog/index.ts';

export interface Grant {
  /** Who gets it. */
  readonly role: string;
  readonly sql: string;
}

export type GrantedOn = 'DATABASE' | 'SCHEMA' | 'TABLE' | 'SEQUENCE' | 'FUNCTION';

/** What is lacking on one thing; both are SQL: `app.calls`, `SELECT`. */
export interface Lack {
  readonly thing: string;
  readonly rights: readonly string[];
}

/** A statement for all things that lack the same; none for those that lack nothing. */
export function makeGrants(role: string, kind: GrantedOn, lacks: readonly Lack[]): readonly Grant[] {
  const byRights = new Map<string, string[]>();
  for (const { thing, rights } of lacks) {
    if (rights.length === 0) continue;
    const told = rights.join(', ');
    byRights.set(told, [...(byRights.get(told) ?? []), thing]);
  }
  const word = kind === 'TABLE' ? '' : `${kind} `;
  return [...byRights].map(([rights, things]) => ({
    role,
    sql: `GRANT ${rights} ON ${word}${things.join(', ')} TO ${quoteIdentifier(role)};`,
  }));
}
