// What Prisma has no words for, and which is therefore never compared.
import type { Kind, Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

const absent = (because: string, ...kinds: readonly Kind[]): readonly Silence[] =>
  kinds.flatMap((kind) => silent(kind, because, 'existence'));

export const silences: readonly Silence[] = [
  ...absent('Prisma has no constraints but keys', 'check', 'exclusion constraint'),
  ...absent('Prisma has no types but enums', 'domain', 'composite type', 'range type'),
  ...absent('Prisma has no sequences but those of columns', 'sequence'),
  ...absent('Prisma has no collations', 'collation'),
  ...absent('Prisma has no functions', 'routine', 'trigger'),
  ...absent('Prisma has no roles', 'policy', 'owner', 'privilege'),
  ...absent('documentation in a Prisma schema does not reach the database', 'comment'),
  ...silent('extension', 'Prisma lists extensions only with its preview feature for them', 'unexpected'),
  ...silent('index', 'Prisma has no indexes over expressions', 'unexpected'),
  ...silent('table', 'Prisma has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'Prisma has no INHERITS', 'inherits'),
  ...silent('table', 'Prisma has no row security', 'row security'),
  ...silent('table', 'Prisma has no UNLOGGED', 'persistence'),
  ...silent('table', 'Prisma has no foreign tables', 'foreign server'),
  ...silent(
    'column',
    'Prisma has no generated columns: dbgenerated() only says that the database fills it',
    'generated',
    'generation',
  ),
  ...silent('column', 'Prisma has no COLLATE', 'collation'),
  ...silent('column', 'Prisma has no options of sequences', 'sequence'),
  ...silent('view', 'Prisma knows the columns of a view, not its query', 'definition', 'options'),
  ...silent('view', 'Prisma does not tell a view from a materialized one', 'kind'),
  ...silent('primary key', 'Prisma has no INCLUDE', 'include'),
  ...silent('primary key', 'Prisma has no DEFERRABLE', 'deferrability'),
  ...silent('primary key', 'Prisma has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'Prisma has no NULLS NOT DISTINCT', 'nulls distinct'),
  ...silent('unique key', 'Prisma has no INCLUDE', 'include'),
  ...silent('unique key', 'Prisma has no DEFERRABLE', 'deferrability'),
  ...silent('unique key', 'Prisma has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('foreign key', 'Prisma has no lists of columns to set', 'on delete columns'),
  ...silent('foreign key', 'Prisma has no MATCH FULL', 'match'),
  ...silent('foreign key', 'Prisma has no PERIOD', 'period'),
  ...silent('foreign key', 'Prisma has no DEFERRABLE', 'deferrability'),
  ...silent('foreign key', 'Prisma has no NOT ENFORCED', 'enforcement'),
  ...silent(
    'foreign key',
    'Prisma has no NOT VALID: a constraint may be added that way first and validated later',
    'validity',
  ),
  ...silent('index', 'Prisma has no INCLUDE', 'include'),
  ...silent('index', 'Prisma has no NULLS NOT DISTINCT', 'nulls distinct'),
];

/** Where the schema does not switch on what would say it. */
export const wholeIndexes: Silence = {
  address: 'index',
  aspect: 'predicate',
  because: 'Prisma has WHERE only with its preview feature partialIndexes',
};
