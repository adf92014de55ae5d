// graveOf: how grave it is that the migrations do not make what the models declare. The one table.
import type { CatalogObject } from '../catalog/index.ts';
import { typeCompatibility } from '../need/type-compatibility.ts';
import type { Severity } from '../report/index.ts';

/** What no statement of the code can feel, by kind and aspect; `*` is every aspect, existence included. */
const harmless: ReadonlySet<string> = new Set([
  'comment *',
  'owner *',
  'privilege *',
  'extension schema',
  'extension version',
  'sequence owned by',
  'materialized view populated',
  'table persistence',
  'primary key column order',
  'primary key include',
  'unique key column order',
  'unique key include',
  // A label is added at the end as a rule, and never moved again.
  'enum label order',
]);

/** What teams do on purpose, and what changes how something is done without any statement being refused. */
const bearable: ReadonlySet<string> = new Set([
  // Left out for their locks, or for partitions; the code's statements work without them.
  'foreign key *',
  'check validity',
  'domain validity',
  'index validity',
  'index include',
  'column sequence',
  'column collation',
  'column generation',
  'sequence options',
  'view definition',
  'view options',
  'materialized view definition',
  'table partition key',
  'table partition of',
  'table inherits',
  'table foreign server',
]);

/**
 * Everything else is an error. `migrated` is null for what the migrations do not have at all. A wider type satisfies the
 * code (need, not equality), and one that holds the same values is the same but for its name.
 */
export function graveOf(declared: CatalogObject, migrated: CatalogObject | null, aspect: string): Severity {
  const { kind } = declared;
  if (harmless.has(`${kind} *`) || harmless.has(`${kind} ${aspect}`)) return 'note';
  if (bearable.has(`${kind} *`) || bearable.has(`${kind} ${aspect}`)) return 'warning';
  if (kind === 'column' && migrated?.kind === 'column') {
    if (aspect === 'type') return graveOfType(declared.type, migrated.type);
    // A serial column and an identity column are filled alike, unless explicit values are refused.
    if (aspect === 'identity') return migrated.identity === 'always' ? 'error' : 'note';
  }
  // Rows that are deleted softly are left out of an index; only a unique one is felt by a statement.
  if (kind === 'index' && aspect === 'predicate') return declared.unique ? 'error' : 'warning';
  // PostgreSQL cannot drop a label: one that the models have dropped stays.
  if (kind === 'enum' && aspect === 'labels' && migrated?.kind === 'enum')
    return declared.labels.every((label) => migrated.labels.includes(label)) ? 'note' : 'error';
  return 'error';
}

function graveOfType(declared: string, migrated: string): Severity {
  if (typeCompatibility(declared, migrated).outcome !== 'fine') return 'error';
  return typeCompatibility(migrated, declared).outcome === 'fine' ? 'note' : 'warning';
}
