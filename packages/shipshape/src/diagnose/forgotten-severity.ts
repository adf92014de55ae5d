// graveOf: how grave it is that the migrations do not make what the models declare.
import type { CatalogObject } from '../catalog/index.ts';
import type { Severity } from '../report/index.ts';

/**
 * Everything is an error except what no statement of the code can feel, and what teams do on purpose. `migrated` is
 * null for what the migrations do not have at all.
 */
export function graveOf(declared: CatalogObject, migrated: CatalogObject | null, aspect: string): Severity {
  // Foreign keys are left out on purpose, for their locks or for partitions; the code's statements work without them.
  if (declared.kind === 'foreign key') return 'warning';
  switch (aspect) {
    case 'validity':
      return 'warning';
    case 'predicate':
      // Rows that are deleted softly are left out of an index; only a unique one is felt by a statement.
      return declared.kind === 'index' && !declared.unique ? 'warning' : 'error';
    case 'column order':
    // A label is added at the end as a rule, and never moved again.
    case 'label order':
      return 'note';
    case 'labels':
      return hasEveryLabel(declared, migrated) ? 'note' : 'error';
    case 'identity':
      // A serial column and an identity column are filled alike, unless explicit values are refused.
      return migrated?.kind === 'column' && migrated.identity === 'always' ? 'error' : 'note';
    default:
      return 'error';
  }
}

/** PostgreSQL cannot drop a label: one that the models have dropped stays. */
function hasEveryLabel(declared: CatalogObject, migrated: CatalogObject | null): boolean {
  if (declared.kind !== 'enum' || migrated?.kind !== 'enum') return false;
  return declared.labels.every((label) => migrated.labels.includes(label));
}
