// declareEntities: what the entities of some initialised MikroORMs declare together.
import {
  type Address,
  addressOf,
  type CatalogObject,
  cutIdentifier,
  type Declaration,
  isConstraint,
  makeCatalog,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { type DatabaseSchema, type EntityMetadata, entitiesOf, type MikroOrm } from './orm.ts';
import { silencesOf } from './silence.ts';
import { nameOf, readTable } from './table.ts';
import type { Told } from './told.ts';
import { readView } from './view.ts';

export interface Declared extends Omit<Declaration, 'origin'> {
  readonly placed: readonly Told[];
  /** All that were discovered, those without a table of their own included. */
  readonly entities: readonly EntityMetadata[];
}

/** Throws ShipshapeError (`models-clash`). */
export function declareEntities(orms: readonly MikroOrm[]): Declared {
  const placed = new Map<string, Told>();
  const isSeven = orms.some((orm) => orm.schema.getTargetSchema().getViews !== undefined);
  const silence: Silence[] = [...silencesOf(isSeven)];
  const unqualified = new Set<string>();
  for (const orm of orms) declareOrm(orm);
  return {
    catalog: makeCatalog([...placed.values()].map(({ object }) => object)),
    placed: [...placed.values()],
    entities: orms.flatMap(entitiesOf),
    silence,
    unqualified: [...unqualified].sort(),
  };

  function declareOrm(orm: MikroOrm): void {
    const { config } = orm;
    const platform = config.getDriver().getPlatform();
    const fallback = platform.getDefaultSchemaName() ?? 'public';
    // MikroORM sets the default schema where none is given.
    const configured = config.get('schema') === fallback ? undefined : config.get('schema');
    const entities = entitiesOf(orm).filter(
      (meta) => meta.root === meta && meta.virtual !== true && meta.embeddable !== true,
    );
    const entityOf = (schema: string, table: string): EntityMetadata | null =>
      entities.find((meta) => meta.tableName === table && schemaOf(meta, configured, fallback) === schema) ??
      null;
    const createForeignKeys = config.get('schemaGenerator').createForeignKeyConstraints !== false;
    for (const target of targetsOf(orm, configured)) {
      for (const { name, schema = configured ?? fallback, items } of Object.values(target.getNativeEnums())) {
        const own = schema === '*' ? (configured ?? fallback) : schema;
        const object = { kind: 'enum', schema: own, name: cutIdentifier(name), labels: [...items] } as const;
        place({ object, ...userOf(entities, name) });
        if (own === fallback) unqualified.add(keyOf(object));
      }
      for (const table of target.getTables()) {
        const entity = entityOf(table.schema, table.name);
        const { told, silence: silent } = readTable(table, { platform, entity, createForeignKeys });
        for (const one of told) {
          // MikroORM never writes the name of the default schema, whoever says it.
          if (one.object.kind === 'table' && table.schema === fallback) unqualified.add(keyOf(one.object));
          place(one);
        }
        silence.push(...silent);
      }
      for (const view of target.getViews?.() ?? []) {
        const entity = entityOf(view.schema, view.name);
        for (const object of readView(view, entity, platform)) {
          place({ object, entity, property: null });
          if (object.kind !== 'index' && view.schema === fallback) unqualified.add(keyOf(object));
        }
      }
    }
    for (const meta of entities) tellSilent(meta, schemaOf(meta, configured, fallback));
  }

  /** What the schema generator leaves to others: `schema: '*'` without a configured schema, `skipTables`. */
  function tellSilent(meta: EntityMetadata, schema: string): void {
    const address = renderAddressKey({ kind: 'table', schema, name: cutIdentifier(meta.tableName) });
    if (placed.has(address) || meta.view === true) return;
    const because =
      schema === '*'
        ? 'the schema of the table is chosen at run time'
        : 'the schema generator of MikroORM is told to skip the table';
    silence.push({ address, aspect: 'existence', because });
  }

  function place(one: Told): void {
    const { object } = one;
    if (['table', 'enum', 'view', 'materialized view'].includes(object.kind) && 'schema' in object)
      add({ object: { kind: 'schema', schema: object.schema }, entity: null, property: null });
    add(one);
  }

  function add(one: Told): void {
    const other = placed.get(keyOf(one.object));
    if (other === undefined) placed.set(keyOf(one.object), one);
    else if (JSON.stringify(other.object) !== JSON.stringify(one.object)) {
      if (!isConstraint(one.object) || one.object.kind === 'primary key')
        throw clash(addressOf(one.object), other, one);
      add({ ...one, object: renumber(one.object) });
    }
  }
}

/** The first property whose type is the enum. */
function userOf(entities: readonly EntityMetadata[], name: string): Pick<Told, 'entity' | 'property'> {
  for (const entity of entities) {
    const user = entity.props.find((each) => each.nativeEnumName?.split('.').at(-1) === name);
    if (user !== undefined) return { entity, property: user.name };
  }
  return { entity: null, property: null };
}

/** The tables that have a schema, and those of `schema: '*'` in the schema that the configuration names. */
function targetsOf(orm: MikroOrm, configured: string | undefined): readonly DatabaseSchema[] {
  const fixed = orm.schema.getTargetSchema();
  if (configured === undefined) return [fixed];
  const known = new Set(fixed.getTables().map(({ schema, name }) => JSON.stringify([schema, name])));
  const all = orm.schema.getTargetSchema(configured, true);
  const rest = all.getTables().filter(({ schema, name }) => !known.has(JSON.stringify([schema, name])));
  return [fixed, { getTables: () => rest, getNativeEnums: () => all.getNativeEnums() }];
}

function schemaOf({ schema }: EntityMetadata, configured: string | undefined, fallback: string): string {
  if (schema === '*') return configured ?? '*';
  return schema ?? configured ?? fallback;
}

/** As PostgreSQL tells apart constraints that would get one name. */
function renumber<Object extends CatalogObject & { readonly name: string }>(object: Object): Object {
  const [, stem = '', number = '0'] = /^(.*?)(\d*)$/.exec(object.name) ?? [];
  return { ...object, name: `${stem}${Number(number) + 1}` };
}

function clash(address: Address, first: Told, second: Told): ShipshapeError {
  const data = { what: renderAddress(address), first: nameOf(first), second: nameOf(second) };
  return new ShipshapeError([makeFinding('models-clash', data, { address })]);
}

function keyOf(object: CatalogObject): string {
  return renderAddressKey(addressOf(object));
}
