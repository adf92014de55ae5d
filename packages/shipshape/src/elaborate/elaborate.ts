// elaborate: a declared catalog as PostgreSQL itself understands it.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Column,
  cutAddress,
  cutIdentifier,
  type ForeignKey,
  indexByKey,
  makeCatalog,
  renderAddressKey,
  schemasOf,
} from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Session } from '../postgres/session.ts';
import { ShipshapeError } from '../report/index.ts';
import { createDeclared } from './create-declared.ts';

/**
 * Creates the declared objects in a throwaway database and reads them back: `varchar(32)` becomes
 * `character varying(32)`, `serial` an integer that is not null and draws from a sequence, each expression what the
 * server prints. A view that is told without its query stays so. The result has the declared addresses, with names cut at 63 bytes as PostgreSQL cuts them (manual
 * 4.1.1): a source that cuts its names keeps its origins joined. Foreign keys hold no expression and may lead to tables
 * that no model declares: they are taken as they are. So are extensions, which the scratch server need not have: it is
 * asked for those it has.
 * The database should hold nothing that is declared, and may hold what a model cannot say: extensions, functions.
 * Throws ShipshapeError: `declared-expression-refused` and `declared-type-unknown`, one finding each.
 */
export async function elaborate(declared: Catalog, scratch: Session): Promise<Catalog> {
  const foreignKeys = declared.objects.filter((object) => object.kind === 'foreign key');
  const ofForeignKeys = declared.objects.filter(
    (object) => 'on' in object && object.on.kind === 'foreign key',
  );
  const asTheyAre = new Set<CatalogObject>([...foreignKeys, ...ofForeignKeys]);
  const judged = makeCatalog(declared.objects.filter((object) => !asTheyAre.has(object)));
  const [first, ...others] = await createDeclared(judged, scratch);
  if (first !== undefined) throw new ShipshapeError([first, ...others]);
  const ownSchemas = schemasOf(declared);
  const { catalog } = await readCatalog(scratch, { ownSchemas });
  const found = indexByKey(catalog);
  const understood = judged.objects.map((object): CatalogObject => {
    if (object.kind === 'extension') return object;
    const key = renderAddressKey(cutAddress(addressOf(object)));
    const twin = found.get(key);
    if (twin === undefined)
      throw new Error(`${key} was created on the scratch server and cannot be read back`);
    if (object.kind === 'column' && twin.kind === 'column') return { ...twin, ...placedAs(object) };
    // It was made with a stand-in for a query that nobody told.
    const isUntold = 'definition' in object && object.definition === '';
    return isUntold && 'definition' in twin ? { ...twin, definition: '' } : twin;
  });
  return makeCatalog([...understood, ...foreignKeys.map(cutForeignKey), ...ofForeignKeys]);
}

/** Where a column stands is nothing that a model declares. */
function placedAs({ position }: Column): Pick<Column, 'position'> {
  return { position };
}

function cutForeignKey(key: ForeignKey): ForeignKey {
  const { schema, table, columns } = key.references;
  return {
    ...key,
    schema: cutIdentifier(key.schema),
    table: cutIdentifier(key.table),
    name: cutIdentifier(key.name),
    columns: key.columns.map(cutIdentifier),
    references: {
      schema: cutIdentifier(schema),
      table: cutIdentifier(table),
      columns: columns.map(cutIdentifier),
    },
  };
}
