// What there is to compare about keys, checks and exclusion constraints.

import { isColumnKey } from '../index-key.ts';
import type { RuleTable } from '../kind-rule.ts';
import { keyText } from './key-text.ts';
import { always, distinctness, list, listed, sorted, stored, validity } from './texts.ts';

const enforcement = ({ enforced }: { readonly enforced?: false }): string | null =>
  enforced === false ? 'not enforced' : null;
const overlaps = ({ withoutOverlaps }: { readonly withoutOverlaps?: true }): string | null =>
  withoutOverlaps === true ? 'without overlaps' : null;

export const constraintRules: RuleTable<
  'primary key' | 'unique key' | 'foreign key' | 'check' | 'exclusion constraint'
> = {
  'primary key': {
    identity: 'structure',
    aspects: [
      { name: 'columns', read: ({ columns }) => sorted(columns) },
      { name: 'column order', read: ({ columns }) => list(columns), after: 'columns' },
      { name: 'include', read: ({ include }) => listed(include) },
      { name: 'deferrability', read: ({ deferrability }) => deferrability ?? 'not deferrable' },
      { name: 'overlaps', read: overlaps },
    ],
  },
  'unique key': {
    identity: 'structure',
    alsoToldAs: ['index'],
    aspects: [
      { name: 'columns', read: ({ columns }) => sorted(columns), identifying: true },
      { name: 'column order', read: ({ columns }) => list(columns), after: 'columns' },
      { name: 'nulls distinct', read: ({ nullsDistinct }) => distinctness(nullsDistinct) },
      { name: 'include', read: ({ include }) => listed(include) },
      { name: 'deferrability', read: ({ deferrability }) => deferrability },
      { name: 'overlaps', read: overlaps },
    ],
  },
  'foreign key': {
    identity: 'structure',
    aspects: [
      {
        name: 'references',
        identifying: true,
        read: ({ columns, references: { schema, table, columns: far } }) =>
          columns
            .map(
              (near, at) => `${stored(near)} to ${stored(schema)}.${stored(table)}.${stored(far[at] ?? '')}`,
            )
            .sort()
            .join(', '),
      },
      { name: 'on delete', read: ({ onDelete }) => onDelete },
      {
        name: 'on delete columns',
        read: ({ onDeleteColumns }) => listed(onDeleteColumns),
        after: 'on delete',
      },
      { name: 'on update', read: ({ onUpdate }) => onUpdate },
      { name: 'match', read: ({ match }) => match ?? null },
      { name: 'period', read: ({ period }) => (period === true ? 'period' : null) },
      { name: 'deferrability', read: ({ deferrability }) => deferrability },
      { name: 'enforcement', read: enforcement },
      { name: 'validity', read: ({ validated }) => validity(validated), after: 'enforcement' },
    ],
  },
  check: {
    identity: 'structure',
    aspects: [
      { name: 'expression', read: ({ expression }) => expression, identifying: true, printed: always },
      { name: 'inheritance', read: ({ noInherit }) => (noInherit === true ? 'no inherit' : null) },
      { name: 'enforcement', read: enforcement },
      { name: 'validity', read: ({ validated }) => validity(validated), after: 'enforcement' },
    ],
  },
  'exclusion constraint': {
    identity: 'structure',
    aspects: [
      {
        name: 'elements',
        read: ({ elements }) =>
          elements.map(({ key, operator }) => `${keyText(key)} with ${operator}`).join(', '),
        identifying: true,
        printed: ({ elements }) => elements.some(({ key }) => !isColumnKey(key)),
      },
      { name: 'method', read: ({ method }) => method },
      { name: 'include', read: ({ include }) => listed(include) },
      { name: 'predicate', read: ({ predicate }) => predicate, printed: always },
      { name: 'deferrability', read: ({ deferrability }) => deferrability },
    ],
  },
};
