// What Sequelize has no words for, and which is therefore never compared.
import type { Kind, Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

const absent = (because: string, ...kinds: readonly Kind[]): readonly Silence[] =>
  kinds.flatMap((kind) => silent(kind, because, 'existence'));

export const silences: readonly Silence[] = [
  ...absent('Sequelize has no views', 'view', 'materialized view'),
  ...absent('Sequelize has no constraints in models but keys', 'check', 'exclusion constraint'),
  ...absent('Sequelize has no types but the enums of columns', 'domain', 'composite type', 'range type'),
  ...absent('Sequelize has no sequences but those of columns', 'sequence'),
  ...absent('Sequelize has no collations', 'collation'),
  ...absent('Sequelize has no functions in models', 'routine', 'trigger'),
  ...absent('Sequelize has no extensions in models', 'extension'),
  ...absent('Sequelize has no roles', 'policy', 'owner', 'privilege'),
  ...silent('table', 'Sequelize has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'Sequelize has no INHERITS', 'inherits'),
  ...silent('table', 'Sequelize has no row security', 'row security'),
  ...silent('table', 'Sequelize has no UNLOGGED', 'persistence'),
  ...silent('table', 'Sequelize has no foreign tables', 'foreign server'),
  ...silent('column', 'Sequelize has no generated columns', 'generated', 'generation'),
  ...silent('column', 'Sequelize has no GENERATED ALWAYS AS IDENTITY', 'identity'),
  ...silent('column', 'Sequelize has no COLLATE for columns', 'collation'),
  ...silent('column', 'Sequelize has no options of sequences', 'sequence'),
  ...silent('primary key', 'Sequelize has no INCLUDE', 'include'),
  ...silent('primary key', 'Sequelize has no DEFERRABLE for keys', 'deferrability'),
  ...silent('primary key', 'Sequelize has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'Sequelize has no NULLS NOT DISTINCT', 'nulls distinct'),
  ...silent('unique key', 'Sequelize has no INCLUDE', 'include'),
  ...silent('unique key', 'Sequelize has no DEFERRABLE for keys', 'deferrability'),
  ...silent('unique key', 'Sequelize has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('foreign key', 'Sequelize has no foreign keys over several columns', 'unexpected'),
  ...silent('foreign key', 'Sequelize has no lists of columns to set', 'on delete columns'),
  ...silent('foreign key', 'Sequelize has no MATCH FULL', 'match'),
  ...silent('foreign key', 'Sequelize has no PERIOD', 'period'),
  ...silent('foreign key', 'Sequelize has no NOT ENFORCED', 'enforcement'),
  ...silent(
    'foreign key',
    'Sequelize has no NOT VALID: a constraint may be added that way first and validated later',
    'validity',
  ),
  ...silent('index', 'Sequelize has no INCLUDE', 'include'),
  ...silent('index', 'Sequelize has no NULLS NOT DISTINCT', 'nulls distinct'),
];
