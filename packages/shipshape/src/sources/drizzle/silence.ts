// What drizzle has no words for, and which is therefore never compared.
import type { Silence } from '../../catalog/index.ts';

export const silences: readonly Silence[] = [
  {
    address: 'unique key',
    aspect: 'deferrability',
    because: 'drizzle has no DEFERRABLE',
  },
  {
    address: 'foreign key',
    aspect: 'deferrability',
    because: 'drizzle has no DEFERRABLE',
  },
  {
    address: 'foreign key',
    aspect: 'validity',
    because: 'drizzle has no NOT VALID: a constraint may be added that way first and validated later',
  },
  {
    address: 'check',
    aspect: 'validity',
    because: 'drizzle has no NOT VALID: a constraint may be added that way first and validated later',
  },
  { address: 'index', aspect: 'include', because: 'drizzle has no INCLUDE' },
  {
    address: 'index',
    aspect: 'nulls distinct',
    because: 'drizzle has NULLS NOT DISTINCT for unique constraints only',
  },
];
