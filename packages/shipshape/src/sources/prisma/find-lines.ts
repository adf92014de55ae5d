// makeFinder: which block, field or attribute of the schema declares an object that the engine printed.
import {
  type CatalogObject,
  type ForeignKey,
  type Index,
  isConstraint,
  type Origin,
} from '../../catalog/index.ts';
import {
  type Attribute,
  type Block,
  type Field,
  findArgument,
  findAttribute,
  mappedName,
  namedSchema,
  namesOf,
  textOf,
} from './schema.ts';

export interface Finder {
  /** The model of a table; null for the table of an implicit many-to-many relation. */
  modelOf(table: { readonly schema: string; readonly table: string }): Block | null;
  fieldOf(model: Block, column: string): Field | null;
  /** Null for what the schema only implies. */
  originOf(object: CatalogObject): Origin | null;
}

export function makeFinder(blocks: readonly Block[]): Finder {
  const models = new Map<string, Block>();
  for (const block of blocks) {
    const key = keyOf(namedSchema(block) ?? 'public', mappedName(block));
    if (block.keyword === 'model') models.set(key, block);
  }
  const taken = new Set<Attribute>();

  const modelOf: Finder['modelOf'] = ({ schema, table }) => models.get(keyOf(schema, table)) ?? null;
  const fieldOf: Finder['fieldOf'] = (model, column) =>
    model.fields.find((field) => isColumn(field) && mappedName(field) === column) ?? null;
  const isColumn = ({ type }: Field): boolean =>
    !blocks.some(({ keyword, name }) => name === type && (keyword === 'model' || keyword === 'view'));

  return {
    modelOf,
    fieldOf,
    originOf(object) {
      if (object.kind === 'table')
        return (
          modelOf({ schema: object.schema, table: object.name })?.origin ??
          relationOf(object.schema, object.name)?.origin ??
          null
        );
      if (!('table' in object)) return null;
      const model = modelOf(object);
      if (model === null) return relationOf(object.schema, object.table, object)?.origin ?? null;
      if (object.kind === 'column') return fieldOf(model, object.name)?.origin ?? model.origin;
      if (object.kind === 'foreign key') return relationField(model, object)?.origin ?? model.origin;
      if (object.kind === 'index' || isConstraint(object)) return keyOrigin(model, object) ?? model.origin;
      return model.origin;
    },
  };

  function relationField(model: Block, key: ForeignKey): Field | null {
    const same = model.fields.filter((field) => {
      const relation = findAttribute(field, 'relation');
      const fields = relation === null ? [] : namesOf(findArgument(relation, 'fields'));
      return alike(columnsOf(model, fields), key.columns);
    });
    const named = same.find((field) => {
      const relation = findAttribute(field, 'relation');
      return relation !== null && textOf(findArgument(relation, 'map')) === key.name;
    });
    return named ?? same.find((field) => targets(field, key)) ?? null;
  }

  function targets({ type }: Field, { references }: ForeignKey): boolean {
    const target = blocks.find(({ keyword, name }) => keyword === 'model' && name === type);
    return target !== undefined && mappedName(target) === references.table;
  }

  /** `@id` and `@unique` of a field, or the `@@id`, `@@unique` or `@@index` over the same columns. */
  function keyOrigin(model: Block, object: Exclude<CatalogObject, { kind: 'schema' }>): Origin | null {
    const { word, columns, name } = describe(object);
    const [only] = columns;
    const field = columns.length === 1 && only !== undefined ? fieldOf(model, only) : null;
    const own = field === null ? null : findAttribute(field, word);
    if (own !== null && !taken.has(own)) {
      taken.add(own);
      return own.origin;
    }
    const same = model.attributes.filter(
      (each) =>
        each.name === word &&
        !taken.has(each) &&
        alike(columnsOf(model, namesOf(findArgument(each, 'fields', true))), columns),
    );
    const found =
      same.find((each) => textOf(findArgument(each, 'map')) === name) ??
      same.find((each) => findArgument(each, 'map') === null) ??
      same[0];
    if (found !== undefined) taken.add(found);
    return found?.origin ?? null;
  }

  function columnsOf(model: Block, fields: readonly string[]): readonly string[] {
    return fields.map((name) => {
      const field = model.fields.find((each) => each.name === name);
      return field === undefined ? name : mappedName(field);
    });
  }

  /**
   * A field of the relation behind a table `_AToB` (schema reference, "Conventions for relation tables in implicit m-n
   * relations"). `A` leads to the model whose name comes first, so the field that declares it is in the other one.
   */
  function relationOf(schema: string, table: string, part?: CatalogObject): Field | null {
    const sides = blocks.flatMap((model) =>
      model.keyword !== 'model' || (namedSchema(model) ?? 'public') !== schema
        ? []
        : model.fields
            .filter((field) => field.arity === 'list' && `_${relationName(model, field)}` === table)
            .map((field) => ({ model, field })),
    );
    const sorted = sides.toSorted((one, other) => (one.field.type < other.field.type ? -1 : 1));
    const columns = part === undefined ? [] : namesOfColumns(part);
    const side = columns.length === 1 && columns[0] === 'B' ? sorted[1] : sorted[0];
    return (side ?? sorted[0])?.field ?? null;
  }
}

function relationName(model: Block, field: Field): string {
  const relation = findAttribute(field, 'relation');
  const named = relation === null ? null : textOf(findArgument(relation, 'name', true));
  return named ?? [model.name, field.type].sort().join('To');
}

function describe(object: CatalogObject): { word: string; columns: readonly string[]; name: string } {
  const name = 'name' in object ? object.name : '';
  const word =
    object.kind === 'primary key' ? 'id' : object.kind === 'index' && !object.unique ? 'index' : 'unique';
  return { word, columns: namesOfColumns(object), name };
}

function namesOfColumns(object: CatalogObject): readonly string[] {
  if (object.kind === 'column') return [object.name];
  if (object.kind === 'index') return (object as Index).keys.map(({ expression }) => expression);
  return 'columns' in object
    ? object.columns.map((each) => (typeof each === 'string' ? each : each.name))
    : [];
}

function alike(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

function keyOf(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
