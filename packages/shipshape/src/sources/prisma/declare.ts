// declareSchema: what the engine prints for a schema, joined with what only the schema's text says.
import {
  type Address,
  addressOf,
  type CatalogObject,
  type Column,
  cutAddress,
  type Declaration,
  type Extension,
  makeCatalog,
  type Origin,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { tellColumn } from './column.ts';
import { cutNames } from './cut-names.ts';
import { makeFinder } from './find-lines.ts';
import { datasourceSetting, hasFeature, type Probe } from './prepare.ts';
import { type Block, mappedName, namedSchema } from './schema.ts';
import { silences, wholeIndexes } from './silence.ts';
import type { Told } from './told.ts';
import { tellView } from './view.ts';

/** Throws ShipshapeError (`models-clash`). */
export function declareSchema(
  printed: readonly CatalogObject[],
  blocks: readonly Block[],
  probes: readonly Probe[],
): Declaration {
  const finder = makeFinder(blocks);
  const probeOf = new Map(probes.map((probe) => [probe.name, probe]));
  const columns = new Map<string, Column[]>();
  for (const object of printed) {
    if (object.kind !== 'column') continue;
    const key = JSON.stringify([object.schema, object.table]);
    columns.set(key, [...(columns.get(key) ?? []), object]);
  }
  const datasource = datasourceSetting(blocks, 'extensions')?.origin ?? null;
  const told: Told[] = [];
  const unqualified = new Set<string>();
  for (const block of blocks) if (block.keyword === 'enum') tellOnPath(tellEnum(block));
  for (const object of printed) tell(object);
  const known = hasFeature(blocks, 'partialIndexes') ? silences : [...silences, wholeIndexes];
  return collect(told, known, unqualified);

  function tell(object: CatalogObject): void {
    const [schema, table] =
      object.kind === 'table'
        ? [object.schema, object.name]
        : 'table' in object
          ? [object.schema, object.table]
          : [];
    const probe = table === undefined ? undefined : probeOf.get(table);
    if (probe !== undefined && schema !== undefined) {
      if (object.kind === 'table') tellOnPath(tellView(probe, columnsOf(schema, object.name)));
    } else if (object.kind === 'column') {
      const model = finder.modelOf(object);
      const names = new Set(columnsOf(object.schema, object.table).map(({ name }) => name));
      const field = model === null ? null : finder.fieldOf(model, object.name);
      told.push(tellColumn(object, { field, origin: finder.originOf(object), columns: names }));
    } else if (object.kind === 'extension') told.push(tellExtension(object, datasource));
    else tellOnPath({ object, origin: finder.originOf(object), silence: silenceOf(object) });
  }

  function columnsOf(schema: string, table: string): readonly Column[] {
    return columns.get(JSON.stringify([schema, table])) ?? [];
  }

  /** Only `@@schema` keeps the connection from deciding where a table or enum is. */
  function tellOnPath(one: Told): void {
    told.push(one);
    const { object } = one;
    if (object.kind !== 'table' && object.kind !== 'enum' && object.kind !== 'view') return;
    if (!blocks.some((block) => namedSchema(block) !== null))
      unqualified.add(renderAddressKey(cutAddress(addressOf(object))));
  }

  function silenceOf(object: CatalogObject): Told['silence'] {
    if (object.kind === 'primary key' && finder.modelOf(object) === null)
      return [{ aspect: 'existence', because: olderKey }];
    return [];
  }
}

const olderKey =
  'the table of an implicit many-to-many relation has a primary key since Prisma 6, before it a unique index';

/** Labels in the order of the text, which is the order that the engine prints. */
function tellEnum(block: Block): Told {
  const object = {
    kind: 'enum',
    schema: namedSchema(block) ?? 'public',
    name: mappedName(block),
    labels: block.fields.map(mappedName),
  } as const;
  return { object, origin: block.origin };
}

function tellExtension(extension: Extension, origin: Origin | null): Told {
  const silence = (['schema', 'version'] as const)
    .filter((aspect) => extension[aspect] === '')
    .map((aspect) => ({ aspect, because: 'the datasource does not say it' }));
  return { object: { ...extension, schema: extension.schema || 'public' }, origin, silence };
}

function collect(
  told: readonly Told[],
  known: readonly Silence[],
  unqualified: ReadonlySet<string>,
): Declaration {
  const placed = new Map<string, Told>();
  const silence: Silence[] = [...known];
  const origin: Record<string, Origin> = {};
  for (const one of told) {
    const object = cutNames(one.object);
    const key = renderAddressKey(addressOf(object));
    const other = placed.get(key);
    if (other !== undefined && object.kind !== 'schema') throw clash(addressOf(object), other, one);
    placed.set(key, { ...one, object });
    if (one.origin !== null) origin[key] = one.origin;
    silence.push(...(one.silence ?? []).map((each) => ({ address: key, ...each })));
    if (object.kind === 'primary key' && one.silence?.some(({ aspect }) => aspect === 'existence')) {
      // What stands in its place is no surprise either.
      const { schema, table } = object;
      const older = { kind: 'index', schema, table, name: `${table}_AB_unique` } as const;
      silence.push({ address: renderAddressKey(cutAddress(older)), aspect: 'existence', because: olderKey });
    }
  }
  const objects = [...placed.values()].map(({ object }) => object);
  return { catalog: makeCatalog(objects), silence, origin, unqualified: [...unqualified].sort() };
}

/** PostgreSQL keeps 63 bytes of a name. */
function clash(address: Address, first: Told, second: Told): ShipshapeError {
  const data = { what: renderAddress(address), first: nameOf(first), second: nameOf(second) };
  return new ShipshapeError([makeFinding('models-clash', data, { address })]);
}

function nameOf({ object, origin }: Told): string {
  const name = renderAddress(addressOf(object));
  return origin === null ? name : `${name} in ${origin.file}:${origin.line}`;
}
