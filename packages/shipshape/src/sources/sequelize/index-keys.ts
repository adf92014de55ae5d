// The indexes of one model.
import { cutIdentifier, type Index, type IndexKey, parseIndexKey } from '../../catalog/index.ts';
import { type Attribute, generatorOf, type IndexField, type IndexOptions, type Model } from './orm.ts';
import type { Owner, Told } from './told.ts';

/** As `addIndexQuery` writes it. Throws an Error when a condition or an expression cannot be written as SQL. */
export function readIndex(
  owner: Owner,
  attributes: Readonly<Record<string, Attribute>>,
  options: IndexOptions,
): Told {
  const { schema, table, model } = owner;
  const generator = generatorOf(model);
  const fields = new Set(Object.entries(attributes).map(([key, { field }]) => field ?? key));
  const object: Index = {
    kind: 'index',
    schema,
    table,
    name: cutIdentifier(options.name),
    unique: options.unique === true,
    method: options.using === undefined || options.using === '' ? 'btree' : options.using.toLowerCase(),
    keys: options.fields.map(keyOf),
    include: [],
    predicate: options.where === undefined ? null : predicateOf(model, options.where),
    nullsDistinct: true,
    valid: true,
  };
  return { object, model, attribute: null };

  function keyOf(field: IndexField): IndexKey {
    if (typeof field === 'string') return ofColumn(field, {});
    const name = field.attribute ?? field.name;
    // What `fn`, `literal`, `cast` and `json` make.
    return name === undefined ? parseIndexKey(generator.handleSequelizeMethod(field)) : ofColumn(name, field);
  }

  function ofColumn(name: string, field: Exclude<IndexField, string>): IndexKey {
    const { collate, operator = options.operator, order = '' } = field;
    const [, direction = '', nulls] = /^\s*(asc|desc)?(?:\s*nulls\s+(first|last))?\s*$/i.exec(order) ?? [];
    const descending = direction.toLowerCase() === 'desc';
    const said = nulls?.toLowerCase();
    return {
      // Sequelize takes it for a column as it stands; projects that never sync name the attribute.
      expression: cutIdentifier(fields.has(name) ? name : (attributes[name]?.field ?? name)),
      opclass: operator ?? null,
      descending,
      nulls: said === 'first' || said === 'last' ? said : descending ? 'first' : 'last',
      ...(collate === undefined ? {} : { collation: generator.quoteIdentifier(collate) }),
    };
  }
}

/** Columns, or attributes: which of the two Sequelize takes depends on whether it builds or asks. */
function predicateOf(model: Model, where: object): string {
  const { Utils } = model.sequelize.constructor as unknown as {
    Utils: { mapWhereFieldNames(where: object, model: Model): object };
  };
  const clause = generatorOf(model).whereQuery(Utils.mapWhereFieldNames(where, model));
  return clause.replace(/^\s*WHERE\s+/i, '');
}
