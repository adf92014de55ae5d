// What MikroORM has no words for, and which is therefore never compared.
import type { Kind, Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

const later = 'MikroORM has no NOT VALID: a constraint may be added that way first and validated later';

const absent = (because: string, ...kinds: readonly Kind[]): readonly Silence[] =>
  kinds.flatMap((kind) => silent(kind, because, 'existence'));

const always: readonly Silence[] = [
  ...absent('MikroORM has no exclusion constraints', 'exclusion constraint'),
  ...absent('MikroORM has no types but enums', 'domain', 'composite type', 'range type'),
  ...absent('MikroORM has no sequences but those of columns', 'sequence'),
  ...absent('MikroORM has no collations', 'collation'),
  ...absent('MikroORM has no extensions', 'extension'),
  ...absent('MikroORM has no grants', 'owner', 'privilege'),
  ...silent('table', 'MikroORM has no INHERITS', 'inherits'),
  ...silent('table', 'MikroORM has no UNLOGGED', 'persistence'),
  ...silent('table', 'MikroORM has no foreign tables', 'foreign server'),
  ...silent('column', 'MikroORM has no options of sequences', 'sequence'),
  ...silent('primary key', 'MikroORM has no INCLUDE for primary keys', 'include'),
  ...silent('primary key', 'MikroORM has no DEFERRABLE for primary keys', 'deferrability'),
  ...silent('primary key', 'MikroORM has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('unique key', 'MikroORM has no NULLS NOT DISTINCT for keys', 'nulls distinct'),
  ...silent('unique key', 'MikroORM has no WITHOUT OVERLAPS', 'overlaps'),
  ...silent('foreign key', 'MikroORM has no MATCH FULL', 'match'),
  ...silent('foreign key', 'MikroORM has no PERIOD', 'period'),
  ...silent('foreign key', 'MikroORM has no NOT ENFORCED', 'enforcement'),
  ...silent('foreign key', later, 'validity'),
  ...silent('check', 'MikroORM has no NO INHERIT', 'inheritance'),
  ...silent('check', 'MikroORM has no NOT ENFORCED', 'enforcement'),
  ...silent('check', later, 'validity'),
];

const ofSix: readonly Silence[] = [
  ...absent('MikroORM 6 has no views of its own', 'view', 'materialized view'),
  ...absent('MikroORM 6 has no functions', 'routine', 'trigger'),
  ...absent('MikroORM 6 has no policies', 'policy'),
  ...silent('table', 'MikroORM 6 has no PARTITION BY', 'partition key', 'partition of'),
  ...silent('table', 'MikroORM 6 has no row security', 'row security'),
  ...silent('column', 'MikroORM 6 has no COLLATE', 'collation'),
  ...silent('unique key', 'MikroORM 6 has no INCLUDE for keys', 'include'),
];

const ofSeven: readonly Silence[] = [
  ...absent('what MikroORM 7 says of functions and triggers is not read', 'routine', 'trigger'),
  ...silent('view', 'MikroORM has no options of views', 'options'),
];

export function silencesOf(isSeven: boolean): readonly Silence[] {
  return [...always, ...(isSeven ? ofSeven : ofSix)];
}
