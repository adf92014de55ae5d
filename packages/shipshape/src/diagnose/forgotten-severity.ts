// graveOf: how grave it is that the migrations do not make what the models declare.
import type { CatalogObject } from '../catalog/index.ts';
import type { Severity } from '../report/index.ts';

/** Everything is an error except what no statement of the code can feel, or what teams leave out on purpose. */
export function graveOf(object: CatalogObject, aspect: string, migrated: string | null): Severity {
  // Foreign keys are left out on purpose, for locks or for partitions; the code's statements work without them.
  if (object.kind === 'foreign key') return 'warning';
  if (aspect === 'validity') return 'warning';
  if (aspect === 'column order') return 'note';
  // A serial column and an identity column are filled alike, unless explicit values are refused.
  if (aspect === 'identity') return migrated === 'always' ? 'error' : 'note';
  return 'error';
}
