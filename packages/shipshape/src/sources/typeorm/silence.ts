// What TypeORM has no words for, and which is therefore never compared.
import type { Kind, Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

const notValid = 'TypeORM has no NOT VALID: a constraint may be added that way first and validated later';

const absent = (because: string, ...kinds: readonly Kind[]): readonly Silence[] =>
  kinds.flatMap((kind) => silent(kind, because, 'existence'));

export const silences: readonly Silence[] = [
  ...absent('TypeORM has no types but enums', 'domain', 'composite type', 'range type'),
  ...absent('TypeORM has no sequences but those of columns', 'sequence'),
  ...absent('TypeORM has no collations', 'collation'),
  ...absent('TypeORM has no functions', 'routine', 'trigger'),
  ...absent('TypeORM has no roles', 'policy', 'owner', 'privilege'),
  ...silent(
    'extension',
    'TypeORM makes the extensions that it needs when it connects',
    'existence',
    'schema',
    'version',
  ),
  ...silent('table', 'TypeORM has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'TypeORM has no INHERITS', 'inherits'),
  ...silent('table', 'TypeORM has no row security', 'row security'),
  ...silent('table', 'TypeORM has no UNLOGGED', 'persistence'),
  ...silent('table', 'TypeORM has no foreign tables', 'foreign server'),
  ...silent('column', 'TypeORM has no options of sequences', 'sequence'),
  ...silent('column', 'TypeORM has no VIRTUAL columns of PostgreSQL', 'generation'),
  ...silent('primary key', 'TypeORM has no INCLUDE', 'include'),
  ...silent('primary key', 'TypeORM has no DEFERRABLE for primary keys', 'deferrability'),
  ...silent('primary key', 'TypeORM has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'TypeORM has no NULLS NOT DISTINCT', 'nulls distinct'),
  ...silent('unique key', 'TypeORM has no INCLUDE', 'include'),
  ...silent('unique key', 'TypeORM has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('foreign key', notValid, 'validity'),
  ...silent('foreign key', 'TypeORM has no lists of columns to set', 'on delete columns'),
  ...silent('foreign key', 'TypeORM has no MATCH FULL', 'match'),
  ...silent('foreign key', 'TypeORM has no PERIOD', 'period'),
  ...silent('foreign key', 'TypeORM has no NOT ENFORCED', 'enforcement'),
  ...silent('check', notValid, 'validity'),
  ...silent('check', 'TypeORM has no NO INHERIT', 'inheritance'),
  ...silent('check', 'TypeORM has no NOT ENFORCED', 'enforcement'),
  ...silent('index', 'TypeORM has no INCLUDE', 'include'),
  ...silent('index', 'TypeORM has no NULLS NOT DISTINCT', 'nulls distinct'),
  ...silent('view', 'TypeORM has no options of views', 'options'),
  ...silent('materialized view', 'TypeORM has no WITH NO DATA', 'populated'),
];
