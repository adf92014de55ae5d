// Drifted: something that an applied migration made and the database lacks, or has otherwise.
import type { Difference } from '../../compare/difference.ts';

/** `left` is what was made, `right` what is there. */
export type Drifted = Exclude<Difference, { readonly kind: 'unexpected' }>;
