// makeShortfall: a shortfall as grave as its reason is.
import type { Address, Origin } from '../catalog/index.ts';
import { severityOf } from './severity.ts';
import type { Shortfall, ShortfallReason } from './shortfall.ts';

/** With nothing on either side. */
export function makeShortfall(
  reason: ShortfallReason,
  address: Address,
  aspect: string,
  { origin }: { readonly origin: Origin | null },
  sqlstate: string | null,
): Shortfall {
  const nothing = { declared: null, found: null, because: null };
  return { reason, severity: severityOf(reason), address, aspect, ...nothing, sqlstate, origin };
}
