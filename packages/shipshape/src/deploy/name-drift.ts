// How drift is named in findings and plans: what, where, and which migration made it.
import { type Address, type MigrationId, makerOf, renderAddressKey } from '../catalog/index.ts';
import { renderSubject } from '../diagnose/naming.ts';
import type { Drifted } from '../plan/repair/drifted.ts';
import type { DriftGround } from './read-ground.ts';

export function namesOf(
  difference: Drifted,
  known: DriftGround,
): { readonly subject: string; readonly aspect: string | null } {
  return {
    subject: renderSubject(difference.address, namingIn(known)),
    aspect: difference.kind === 'unequal' ? difference.aspect : null,
  };
}

export function namingIn({ live }: DriftGround): { readonly hidden: readonly string[] } {
  return { hidden: live.server.searchPath };
}

/** Null where it is not known. */
export function makerIn(difference: Drifted, { snapshot }: DriftGround): MigrationId | null {
  const aspect = difference.kind === 'unequal' ? difference.aspect : undefined;
  return makerOf(snapshot.provenance, renderAddressKey(difference.address), aspect);
}

/** Of a finding about it. */
export function placeOf(
  difference: Drifted,
  known: DriftGround,
): {
  readonly address: Address;
  readonly aspect: string;
  readonly migration?: string;
  readonly found?: string;
} {
  const migration = makerIn(difference, known);
  const found = difference.kind === 'unequal' ? difference.right : null;
  return {
    address: difference.address,
    aspect: difference.kind === 'unequal' ? difference.aspect : 'existence',
    ...(migration === null ? {} : { migration }),
    ...(found === null ? {} : { found }),
  };
}
