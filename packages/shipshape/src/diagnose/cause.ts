// causeOf: why a database lacks something: the migration is pending, was forgotten, or its work was undone.
import {
  addressOf,
  type CatalogObject,
  type MigrationId,
  makerOf,
  renderAddressKey,
} from '../catalog/index.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { type Presence, verdictOfCase } from './cases.ts';
import { locate } from './locate.ts';
import { type MigratedScene, type Scene, shortfallKey } from './scene.ts';

export type Cause =
  | {
      readonly kind: 'pending' | 'drifted';
      readonly object: CatalogObject;
      readonly migration: MigrationId | null;
      readonly migrated: MigratedScene;
    }
  | { readonly kind: 'forgotten'; readonly migration: MigrationId | null }
  | { readonly kind: 'unknown' };

/** The aspects of which one or another may be what is wrong. */
export function aspectsAbout({ reason, aspect }: Shortfall): readonly string[] {
  const filling = ['default', 'identity', 'generated'];
  if (reason === 'null is refused') return ['nullability', ...filling];
  return filling.includes(aspect) ? filling : [aspect];
}

export function causeOf(shortfall: Shortfall, scene: Scene): Cause {
  const { migrated } = scene;
  if (migrated === null) return { kind: 'unknown' };
  const object = locate(shortfall, migrated.lookup, scene.unqualified);
  const made = object !== null && !migrated.lacking.has(shortfallKey(shortfall));
  const maker = object === null ? null : makerAmong(object, shortfall, migrated, scene.applied);
  const presence: Presence = {
    declared: true,
    migrated: made,
    live: false,
    applied: isApplied(maker, migrated, scene.applied),
  };
  const verdict = verdictOfCase(presence);
  // Whether another tool has applied it stands in that tool's ledger.
  if (verdict !== 'forgotten' && scene.without.kind === 'ledger of another tool') return { kind: 'unknown' };
  if (object !== null && (verdict === 'pending' || verdict === 'drifted'))
    return { kind: verdict, object, migration: maker, migrated };
  return { kind: 'forgotten', migration: maker };
}

/** Of several makers the one that is not applied: it is the one that is waited for. */
function makerAmong(
  object: CatalogObject,
  shortfall: Shortfall,
  { provenance }: MigratedScene,
  applied: ReadonlySet<MigrationId>,
): MigrationId | null {
  const key = renderAddressKey(addressOf(object));
  const makers =
    shortfall.aspect === 'existence'
      ? [makerOf(provenance, key)]
      : aspectsAbout(shortfall).map((each) => makerOf(provenance, key, each));
  return makers.find((maker) => maker !== null && !applied.has(maker)) ?? makers[0] ?? null;
}

/** Where no maker is known, everything that is known must be applied. */
function isApplied(
  maker: MigrationId | null,
  { migrations }: MigratedScene,
  applied: ReadonlySet<MigrationId>,
): boolean {
  return maker === null ? migrations.every((each) => applied.has(each.id)) : applied.has(maker);
}
