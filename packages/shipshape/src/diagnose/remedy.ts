// The SQL that makes good one shortfall, on this database or in a new migration.
import { type Catalog, type CatalogObject, emptyCatalog, quoteLiteral } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import { makeLiveTables } from '../need/live-tables.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { aspectsAbout } from './cause.ts';
import { makeDeclaredCatalog } from './declared-objects.ts';
import { locate } from './locate.ts';
import type { Naming } from './naming.ts';
import { renderAspect, renderCreation, renderLabels, renderReturn } from './repair-sql.ts';
import type { Scene } from './scene.ts';

/** Brings back what an applied migration made: `object` as the migrated catalog has it. */
export function renderRepair(shortfall: Shortfall, object: CatalogObject, scene: Scene): string {
  const { made: catalog, lost } = scene.migrated ?? { made: emptyCatalog, lost: [] };
  const there = locate(shortfall, scene.liveTables, scene.need);
  if (shortfall.aspect === 'existence') return renderReturn(object, lost, catalog, scene.naming).join('\n');
  return renderChange(shortfall, object, there, catalog, scene.naming);
}

/** What the forgotten migration has to say, as far as the need tells it. */
export function renderForgotten(shortfall: Shortfall, scene: Scene): string {
  const { need, naming } = scene;
  const catalog = makeDeclaredCatalog(need);
  const object = locate(shortfall, makeLiveTables(catalog, [...scene.live.searchPath, 'public']), need);
  const there =
    (scene.migrated === null ? null : locate(shortfall, scene.migrated.tables, need)) ??
    locate(shortfall, scene.liveTables, need);
  if (object === null) return '-- as the model declares it';
  if (shortfall.aspect === 'existence') return renderCreation(object, catalog, naming).join('\n');
  return renderChange(shortfall, object, there, catalog, naming);
}

function renderChange(
  shortfall: Shortfall,
  object: CatalogObject,
  there: CatalogObject | null,
  catalog: Catalog,
  naming: Naming,
): string {
  if (there === null) return renderCreation(object, catalog, naming).join('\n');
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
    .flatMap((aspect) => renderAspect(object, aspect.name, catalog, naming, there))
    .join('\n');
}
