// What MikroORM has no words for, and which is therefore never compared.
import type { Kind, Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

const later = 'MikroORM has no NOT VALID: a constraint may be added that way first and validated later';

const absent = (because: string, ...kinds: readonly Kind[]): readonly Silence[] =>
  kinds.flatMap((kind) => silent(kind, because, 'existence'));

export const silences: readonly Silence[] = [
  ...absent('MikroORM has no views of its own', 'view', 'materialized view'),
  ...absent('MikroORM has no exclusion constraints', 'exclusion constraint'),
  ...absent('MikroORM has no types but enums', 'domain', 'composite type', 'range type'),
  ...absent('MikroORM has no sequences but those of columns', 'sequence'),
  ...absent('MikroORM has no collations', 'collation'),
  ...absent('MikroORM has no functions', 'routine', 'trigger'),
  ...absent('MikroORM has no extensions', 'extension'),
  ...absent('MikroORM has no roles', 'policy', 'owner', 'privilege'),
  ...silent('table', 'MikroORM has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'MikroORM has no INHERITS', 'inherits'),
  ...silent('table', 'MikroORM has no row security', 'row security'),
  ...silent('table', 'MikroORM has no UNLOGGED', 'persistence'),
  ...silent('table', 'MikroORM has no foreign tables', 'foreign server'),
  ...silent('column', 'MikroORM has no COLLATE', 'collation'),
  ...silent('column', 'MikroORM has no options of sequences', 'sequence'),
  ...silent('primary key', 'MikroORM has no INCLUDE for keys', 'include'),
  ...silent('primary key', 'MikroORM has no DEFERRABLE for primary keys', 'deferrability'),
  ...silent('primary key', 'MikroORM has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'MikroORM has no NULLS NOT DISTINCT for keys', 'nulls distinct'),
  ...silent('unique key', 'MikroORM has no INCLUDE for keys', 'include'),
  ...silent('unique key', 'MikroORM has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('foreign key', 'MikroORM has no MATCH FULL', 'match'),
  ...silent('foreign key', 'MikroORM has no PERIOD', 'period'),
  ...silent('foreign key', 'MikroORM has no NOT ENFORCED', 'enforcement'),
  ...silent('foreign key', later, 'validity'),
  ...silent('check', 'MikroORM has no NO INHERIT', 'inheritance'),
  ...silent('check', 'MikroORM has no NOT ENFORCED', 'enforcement'),
  ...silent('check', later, 'validity'),
];
