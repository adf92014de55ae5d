// What the types of a Database interface have no words for, and which is therefore never compared.
import type { Silence } from '../../catalog/index.ts';

const silent = (address: string, because: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because }));

/** Kinds of which nothing is said. */
const untold = [
  'extension',
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'exclusion constraint',
  'index',
  'trigger',
  'policy',
  'sequence',
  'enum',
  'domain',
  'composite type',
  'range type',
  'collation',
  'routine',
  'comment',
  'owner',
  'privilege',
] as const;

export const silences: readonly Silence[] = [
  ...untold.flatMap((kind) => silent(kind, 'types of TypeScript do not say it', 'existence')),
  ...silent('table', 'a view is typed as a table is', 'kind'),
  ...silent(
    'table',
    'types of TypeScript say names of tables and of columns',
    'partition key',
    'partition of',
    'inherits',
    'row security',
    'persistence',
    'foreign server',
  ),
  ...silent('column', 'a type of TypeScript is not one of PostgreSQL', 'type', 'collation'),
  ...silent(
    'column',
    'Generated says that the database fills it, not with what',
    'default',
    'identity',
    'sequence',
    'generated',
    'generation',
  ),
];
