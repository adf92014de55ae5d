// throughDomains: a type and a column as the domains in it leave them.
import type { Column, Domain } from '../catalog/index.ts';

type DomainOf = (type: string) => Domain | null;

/**
 * A domain is the type under it, with checks: their NOT NULL and default count where the column has none of its own
 * (manual 8.18 and CREATE DOMAIN). What a check refuses is not judged.
 */
export function throughDomains(column: Column, domainOf: DomainOf): Column {
  let { type, nullable, default: text } = column;
  for (let domain = domainOf(type); domain !== null; domain = domainOf(type)) {
    type = domain.type;
    nullable = nullable && domain.nullable;
    text ??= column.generated === null && column.identity === null ? domain.default : null;
  }
  const under = underDomains(type, domainOf);
  return under === column.type ? column : { ...column, type: under, nullable, default: text };
}

/** The type under a domain, or under the domain that an array is of; any other type is itself. */
export function underDomains(type: string, domainOf: DomainOf): string {
  const domain = domainOf(type);
  if (domain !== null) return underDomains(domain.type, domainOf);
  if (!type.endsWith('[]')) return type;
  const under = underDomains(type.slice(0, -2), domainOf);
  // There are no arrays of arrays, and a domain over an array has none (format_type prints one pair of brackets).
  return under.endsWith('[]') ? under : `${under}[]`;
}
