// The SQL that makes good one shortfall, on this database or in a new migration.
import { type CatalogObject, quoteLiteral } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import type { Naming } from '../ddl/index.ts';
import type { Lookup } from '../need/lookup.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { aspectsAbout } from './cause.ts';
import { locate } from './locate.ts';
import { renderAspect, renderCreation, renderLabels, renderReturn } from './repair-sql.ts';
import type { MigratedScene, Scene } from './scene.ts';

/** Brings back what an applied migration made: `object` as the migrated catalog has it. */
export function renderRepair(
  shortfall: Shortfall,
  object: CatalogObject,
  scene: Scene,
  { made, lost }: MigratedScene,
): string {
  if (shortfall.aspect === 'existence') return renderReturn(object, lost, made, scene.naming).join('\n');
  const there = locate(shortfall, scene.liveLookup, scene.unqualified);
  return renderChange(shortfall, object, there, made, scene.naming);
}

/** What the forgotten migration has to say, as far as the need tells it. */
export function renderForgotten(shortfall: Shortfall, scene: Scene): string {
  const { declaredLookup, liveLookup, unqualified, migrated, naming } = scene;
  const object = locate(shortfall, declaredLookup, unqualified);
  if (object === null) return '-- as the model declares it';
  if (shortfall.aspect === 'existence') return renderCreation(object, declaredLookup, naming).join('\n');
  const there =
    (migrated === null ? null : locate(shortfall, migrated.lookup, unqualified)) ??
    locate(shortfall, liveLookup, unqualified);
  return renderChange(shortfall, object, there, declaredLookup, naming);
}

function renderChange(
  shortfall: Shortfall,
  object: CatalogObject,
  there: CatalogObject | null,
  lookup: Lookup,
  naming: Naming,
): string {
  if (there === null) return renderCreation(object, lookup, naming).join('\n');
  if (object.kind === 'enum' && there.kind === 'enum') {
    const others = object.labels.filter((label) => quoteLiteral(label) !== shortfall.declared);
    const present = [...new Set([...there.labels, ...others])];
    return renderLabels(object, present, naming).join('\n');
  }
  const about = aspectsAbout(shortfall);
  const different = aspectsOf(object.kind).filter(
    (aspect) => about.includes(aspect.name) && aspect.read(object) !== aspect.read(there),
  );
  const names = new Set(different.map((aspect) => aspect.name));
  return different
    .filter((aspect) => aspect.after === undefined || !names.has(aspect.after))
    .flatMap((aspect) => renderAspect(object, aspect.name, lookup, naming, there))
    .join('\n');
}
