// The SQL that makes good one shortfall, on this database or in a new migration.
import { type CatalogObject, quoteLiteral } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import type { Naming } from '../ddl/index.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { renderAspect } from '../plan/change-thing.ts';
import { renderLabels } from '../plan/change-type.ts';
import { renderCreation, renderReturn } from '../plan/create-thing.ts';
import type { Sides } from '../plan/sides.ts';
import { aspectsAbout } from './cause.ts';
import { locate } from './locate.ts';
import { lostBeside } from './lost.ts';
import { renderSubject, renderTableOf } from './naming.ts';
import type { MigratedScene, Scene } from './scene.ts';

/** Brings back what an applied migration made: `object` as the migrated catalog has it. */
export function renderRepair(
  shortfall: Shortfall,
  object: CatalogObject,
  scene: Scene,
  { made, lost }: MigratedScene,
): string {
  const sides = { wanted: made, present: scene.live.catalog, naming: scene.naming };
  if (shortfall.aspect === 'existence')
    return renderReturn(object, sides, lostBeside(object, lost)).join('\n');
  return renderChange(shortfall, object, locate(shortfall, scene.liveLookup, scene.unqualified), sides);
}

/** What the forgotten migration has to say, as far as the need tells it. */
export function renderForgotten(shortfall: Shortfall, scene: Scene): string {
  const { declared, declaredLookup, liveLookup, unqualified, live, migrated, naming } = scene;
  const object = locate(shortfall, declaredLookup, unqualified);
  if (object === null) return renderUnsaid(shortfall, naming);
  if (shortfall.aspect === 'existence') return renderCreation(object, declared, naming).join('\n');
  const inMigrated = migrated === null ? null : locate(shortfall, migrated.lookup, unqualified);
  const present = inMigrated === null ? live.catalog : (migrated ?? live).catalog;
  const sides = { wanted: declared, present, naming };
  return renderChange(shortfall, object, inMigrated ?? locate(shortfall, liveLookup, unqualified), sides);
}

/** What is declared and not known here as a thing of a catalog: a view, or a column without a type. */
function renderUnsaid({ address, aspect }: Shortfall, naming: Naming): string {
  const subject = renderSubject(address, naming);
  if (aspect !== 'existence') return `-- make the ${aspect} of ${subject} what the model declares`;
  return address.kind === 'view' || address.kind === 'materialized view'
    ? `-- CREATE ${address.kind.toUpperCase()} ${renderTableOf(address, naming)} AS SELECT …;     the query that the model declares`
    : `-- make ${subject} as the model declares it`;
}

function renderChange(
  shortfall: Shortfall,
  object: CatalogObject,
  there: CatalogObject | null,
  sides: Sides,
): string {
  if (there === null) return renderCreation(object, sides.wanted, sides.naming).join('\n');
  if (object.kind === 'enum' && there.kind === 'enum') {
    const others = object.labels.filter((label) => quoteLiteral(label) !== shortfall.declared);
    const present = [...new Set([...there.labels, ...others])];
    return renderLabels(object, present, sides.naming).join('\n');
  }
  const about = aspectsAbout(shortfall);
  const different = aspectsOf(object.kind).filter(
    (aspect) => about.includes(aspect.name) && aspect.read(object) !== aspect.read(there),
  );
  const names = new Set(different.map((aspect) => aspect.name));
  const lines = different
    .filter((aspect) => aspect.after === undefined || !names.has(aspect.after))
    .flatMap((aspect) => renderAspect(object, aspect.name, there, sides));
  return [...new Set(lines)].join('\n');
}
