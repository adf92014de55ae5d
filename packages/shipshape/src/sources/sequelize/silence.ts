// What Sequelize has no words for, and which is therefore never compared.
import type { Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

export const silences: readonly Silence[] = [
  ...silent('table', 'Sequelize has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'Sequelize has no INHERITS', 'inherits'),
  ...silent('table', 'Sequelize has no row security', 'row security'),
  ...silent('table', 'Sequelize has no UNLOGGED', 'persistence'),
  ...silent('table', 'Sequelize has no foreign tables', 'foreign server'),
  ...silent('column', 'Sequelize has no generated columns', 'generated', 'generation'),
  ...silent('column', 'Sequelize has no COLLATE for columns', 'collation'),
  ...silent('column', 'Sequelize has no options of sequences', 'sequence'),
  ...silent('primary key', 'Sequelize has no INCLUDE', 'include'),
  ...silent('primary key', 'Sequelize has no DEFERRABLE for keys', 'deferrability'),
  ...silent('primary key', 'Sequelize has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'Sequelize has no NULLS NOT DISTINCT', 'nulls distinct'),
  ...silent('unique key', 'Sequelize has no INCLUDE', 'include'),
  ...silent('unique key', 'Sequelize has no DEFERRABLE for keys', 'deferrability'),
  ...silent('unique key', 'Sequelize has no WITHOUT OVERLAPS', 'overlaps'),
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
