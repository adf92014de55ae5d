// What drizzle has no words for, and which is therefore never compared.
import type { Kind, Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

const notValid = 'drizzle has no NOT VALID: a constraint may be added that way first and validated later';

const absent = (because: string, ...kinds: readonly Kind[]): readonly Silence[] =>
  kinds.flatMap((kind) => silent(kind, because, 'existence'));

export const silences: readonly Silence[] = [
  ...absent('drizzle has no exclusion constraints', 'exclusion constraint'),
  ...absent('drizzle has no types but enums', 'domain', 'composite type', 'range type'),
  ...absent('drizzle has no collations', 'collation'),
  ...absent('drizzle has no functions', 'routine', 'trigger'),
  ...absent('drizzle has no extensions', 'extension'),
  ...absent('drizzle has no comments', 'comment'),
  ...absent('drizzle has roles for policies only', 'owner', 'privilege'),
  ...silent('table', 'drizzle has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'drizzle has no INHERITS', 'inherits'),
  ...silent('table', 'drizzle has no UNLOGGED', 'persistence'),
  ...silent('table', 'drizzle has no foreign tables', 'foreign server'),
  ...silent('column', 'drizzle has no COLLATE for columns', 'collation'),
  ...silent('column', 'drizzle has no VIRTUAL: drizzle-kit writes STORED', 'generation'),
  ...silent('primary key', 'drizzle has no INCLUDE', 'include'),
  ...silent('primary key', 'drizzle has no DEFERRABLE', 'deferrability'),
  ...silent('primary key', 'drizzle has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'drizzle has no INCLUDE', 'include'),
  ...silent('unique key', 'drizzle has no DEFERRABLE', 'deferrability'),
  ...silent('unique key', 'drizzle has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('foreign key', 'drizzle has no DEFERRABLE', 'deferrability'),
  ...silent('foreign key', notValid, 'validity'),
  ...silent('foreign key', 'drizzle has no lists of columns to set', 'on delete columns'),
  ...silent('foreign key', 'drizzle has no MATCH FULL', 'match'),
  ...silent('foreign key', 'drizzle has no PERIOD', 'period'),
  ...silent('foreign key', 'drizzle has no NOT ENFORCED', 'enforcement'),
  ...silent('check', notValid, 'validity'),
  ...silent('check', 'drizzle has no NO INHERIT', 'inheritance'),
  ...silent('check', 'drizzle has no NOT ENFORCED', 'enforcement'),
  ...silent('index', 'drizzle has no INCLUDE', 'include'),
  ...silent('index', 'drizzle has NULLS NOT DISTINCT for unique constraints only', 'nulls distinct'),
];
