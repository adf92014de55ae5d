// Arbitrary catalogs for fast-check: small, with awkward names, and in pairs that are nearly the same.
import fc from 'fast-check';
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Constraint,
  type Index,
  isConstraint,
  makeCatalog,
  renderAddressKey,
  type Table,
  type ThingAddress,
} from '../../src/catalog/index.ts';
import { check, column, enumeration, foreignKey, index, key, primaryKey, table, uniqueKey } from './build.ts';
import {
  collation,
  comment,
  composite,
  domain,
  exclusion,
  extension,
  materializedView,
  owner,
  policy,
  privilege,
  range,
  routine,
  sequence,
  trigger,
  view,
} from './build-more.ts';

const names = ['id', 'a', 'b', 'user name', 'x.y', 'Größe', '"quoted"', 'select', 'createdAt', 'created_at'];
const long = 'a_name_that_is_longer_than_the_sixty_three_bytes_which_postgresql_keeps_of_it';

const columnName = fc.constantFrom(...names);
const partName = fc.oneof(
  fc.constantFrom('one', 'two', 'three', long),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const type = fc.constantFrom('integer', 'bigint', 'text', 'character varying(32)', 'public.mood', 'text[]');
const columns = fc.uniqueArray(columnName, { minLength: 1, maxLength: 2 });
const deferrability = fc.constantFrom('not deferrable' as const, 'deferrable' as const);
const rarely = fc.integer({ max: 9, min: 0 }).map((each) => each === 0);

const anyColumn = fc
  .record({
    name: columnName,
    type,
    nullable: fc.boolean(),
    fill: fc.constantFrom(
      { default: null, identity: null, generated: null },
      { default: '0', identity: null, generated: null },
      { default: "nextval('public.old_seq'::regclass)", identity: null, generated: null },
      { default: "nextval('public.new_seq'::regclass)", identity: null, generated: null },
      { default: null, identity: 'always' as const, generated: null },
      { default: null, identity: 'by default' as const, generated: null },
      { default: null, identity: 'always' as const, generated: null, sequence: { start: '7' } },
      { default: null, identity: null, generated: 'lower(a)' },
      { default: null, identity: null, generated: 'lower(a)', virtual: true as const },
    ),
    position: fc.option(fc.nat(9), { nil: undefined }),
    collation: fc.option(fc.constant('"C"'), { nil: undefined, freq: 9 }),
  })
  .map(({ name, type, nullable, fill, position, collation }) =>
    column(name, type, {
      nullable,
      ...fill,
      ...(position === undefined ? {} : { position }),
      ...(collation === undefined ? {} : { collation }),
    }),
  );

const anyKey = fc
  .record({
    expression: fc.oneof(columnName, fc.constantFrom('lower(a)', '(a || b)')),
    descending: rarely,
    opclass: fc.constantFrom(null, null, 'text_pattern_ops'),
  })
  .map(({ expression, ...over }) => key(expression, over));

const validated = fc.boolean();
const enforced = fc.constantFrom({}, {}, { enforced: false as const });
const overlaps = fc.constantFrom({}, {}, {}, { withoutOverlaps: true as const });
const include = fc.constantFrom({}, {}, { include: ['b'] });

const anyPart: fc.Arbitrary<CatalogObject> = fc.oneof(
  anyColumn,
  anyColumn,
  anyColumn,
  fc
    .tuple(columns, partName, include, overlaps)
    .map(([of, name, ...over]) => primaryKey(of, Object.assign({ name }, ...over))),
  fc
    .tuple(columns, partName, fc.boolean(), deferrability, include, overlaps)
    .map(([of, name, nullsDistinct, deferrability, ...over]) =>
      uniqueKey(of, Object.assign({ name, nullsDistinct, deferrability }, ...over)),
    ),
  fc
    .tuple(
      columns,
      partName,
      fc.constantFrom('t', 'u'),
      fc.constantFrom(
        { onDelete: 'no action' as const },
        { onDelete: 'cascade' as const },
        { onDelete: 'set null' as const, onDeleteColumns: ['a'] },
      ),
      fc.constantFrom({}, {}, { match: 'full' as const }),
      enforced,
      validated,
    )
    .map(([of, name, to, onDelete, match, rest, validated]) =>
      foreignKey(of, to, { name, ...onDelete, ...match, ...rest, validated }),
    ),
  fc
    .tuple(partName, fc.constantFrom('(a > 0)', '(b > 0)'), validated, enforced)
    .map(([name, expression, validated, rest]) => check(name, expression, { validated, ...rest })),
  fc
    .tuple(partName, fc.array(anyKey, { minLength: 1, maxLength: 2 }), fc.boolean(), rarely)
    .map(([name, keys, unique, partial]) =>
      index(name, keys, { unique, predicate: partial ? '(a IS NULL)' : null }),
    ),
  fc
    .tuple(partName, anyKey, fc.constantFrom('=', '&&'), deferrability)
    .map(([name, key, operator, deferrability]) =>
      exclusion({ name, elements: [{ key, operator }], deferrability }),
    ),
  fc
    .tuple(partName, fc.constantFrom('one', 'two'), fc.constantFrom('origin' as const, 'never' as const))
    .map(([name, definition, enabled]) => trigger({ name, definition, enabled })),
  fc
    .tuple(partName, fc.constantFrom('all' as const, 'select' as const), fc.shuffledSubarray(['a', 'b']))
    .map(([name, command, roles]) => policy({ name, command, roles })),
);

/** One table with its parts; each address once, one primary key. */
const anyTable = fc
  .tuple(
    fc.constantFrom('public', 'app'),
    fc.constantFrom('t', 'u', 'call log', 'T'),
    fc.array(anyPart, { maxLength: 6 }),
    fc.constantFrom<Partial<Table>>(
      {},
      {},
      { partitionBy: 'HASH (a)' },
      { inherits: [{ schema: 'public', name: 'u' }] },
      { rowSecurity: 'forced' },
      { unlogged: true },
    ),
  )
  .map(([schema, name, parts, over]) => {
    const keyed = parts.filter(
      (part, at) => part.kind !== 'primary key' || firstOf(parts, 'primary key') === at,
    );
    return [
      { ...table(name, schema), ...over },
      ...keyed.map((part) => ({ ...part, schema, table: name })),
    ] as CatalogObject[];
  });

const place = { schema: fc.constantFrom('public', 'app'), name: fc.constantFrom('mood', 'Status', 'x.y') };
const viewColumns = fc.array(fc.record({ name: columnName, type }), { minLength: 1, maxLength: 2 });
const definition = fc.constantFrom('SELECT 1', 'SELECT 2');

/** What stands by itself, beside tables. */
const anyOther: fc.Arbitrary<CatalogObject> = fc.oneof(
  fc.constant<CatalogObject>({ kind: 'schema', schema: 'app' }),
  fc
    .tuple(place.name, fc.uniqueArray(fc.constantFrom('a', 'b', "it's"), { maxLength: 3 }))
    .map(([name, labels]) => enumeration(name, labels)),
  fc
    .record({ ...place, columns: viewColumns, definition, options: fc.shuffledSubarray(['a=1', 'b=2']) })
    .map(({ options, ...over }) => view(options.length === 0 ? over : { ...over, options })),
  fc.record({ ...place, columns: viewColumns, definition, populated: fc.boolean() }).map(materializedView),
  fc.record({ ...place, options: fc.constantFrom({}, { cycle: true as const, start: '5' }) }).map(sequence),
  fc
    .record({
      ...place,
      type,
      nullable: fc.boolean(),
      checks: fc.array(
        fc.record({ name: partName, expression: fc.constantFrom('(VALUE > 0)', '(VALUE < 9)'), validated }),
        { maxLength: 2 },
      ),
    })
    .map(domain),
  fc.record({ ...place, attributes: viewColumns }).map(composite),
  fc.record({ ...place, subtype: type }).map(range),
  fc.record({ ...place, deterministic: fc.boolean() }).map(collation),
  fc
    .record({ ...place, arguments: fc.constantFrom('', 'a integer', 'text, VARIADIC b text[]'), definition })
    .map(routine),
  fc.record({ name: place.name, version: fc.constantFrom('1.0', '1.1') }).map(extension),
);

/** Said of the thing at a place in the catalog, or of a column that is no object. */
const anyRemark = fc.record({
  at: fc.nat(),
  ofColumn: rarely,
  remark: fc.constantFrom(
    (on: ThingAddress) => comment('one', on),
    (on: ThingAddress) => comment('two', on),
    (on: ThingAddress) => owner('somebody', on),
    (on: ThingAddress) => privilege('PUBLIC', ['SELECT'], on),
    (on: ThingAddress) => privilege('some body', ['INSERT (a)', 'SELECT*'], on),
  ),
});

export const anyCatalog: fc.Arbitrary<Catalog> = fc
  .tuple(
    fc.array(
      fc.oneof(
        anyTable,
        anyTable,
        anyOther.map((object) => [object]),
      ),
      { maxLength: 4 },
    ),
    fc.array(anyRemark, { maxLength: 3 }),
  )
  .map(([groups, remarks]) => {
    const things = eachAddressOnce(groups.flat()).objects;
    const said = remarks.flatMap(({ at, ofColumn, remark }): CatalogObject[] => {
      const thing = things[at % things.length];
      if (thing === undefined) return [];
      const address = addressOf(thing) as ThingAddress;
      const holds = address.kind === 'view' || address.kind === 'composite type';
      if (!ofColumn || !holds) return [remark(address)];
      return [remark({ kind: 'column', schema: address.schema, table: address.name, name: 'a' })];
    });
    return eachAddressOnce([...things, ...said]);
  });

/** Two catalogs: any two, or one and the same with some things left out, renamed or exchanged. */
export const anyPair: fc.Arbitrary<readonly [Catalog, Catalog]> = fc.oneof(
  fc.tuple(anyCatalog, anyCatalog),
  fc
    .tuple(anyCatalog, anyCatalog, fc.array(fc.nat(9), { minLength: 80, maxLength: 80 }))
    .map(([one, other, dice]) => {
      const renamed = new Map<string, ThingAddress>();
      const changed = one.objects.flatMap((object, at): CatalogObject[] => {
        const die = dice[at] ?? 9;
        if (die === 0) return [];
        if (die >= 4 || !isNamedByTaste(object)) return [object];
        const other = { ...object, name: `renamed ${die}` };
        renamed.set(renderAddressKey(addressOf(object)), addressOf(other) as ThingAddress);
        return [other];
      });
      // What is remarked on a thing goes where it goes.
      const followed = changed.map((object) =>
        'on' in object ? { ...object, on: renamed.get(renderAddressKey(object.on)) ?? object.on } : object,
      );
      const added = other.objects.filter((_, at) => dice[79 - at] === 0);
      return [one, eachAddressOnce([...followed, ...added])] as const;
    }),
);

function isNamedByTaste(object: CatalogObject): object is Constraint | Index {
  return isConstraint(object) || object.kind === 'index';
}

function firstOf(parts: readonly CatalogObject[], kind: string): number {
  return parts.findIndex((part) => part.kind === kind);
}

function eachAddressOnce(objects: readonly CatalogObject[]): Catalog {
  const keyed = objects.filter(
    (object) =>
      object.kind !== 'primary key' ||
      objects.find(
        (each) => each.kind === object.kind && each.schema === object.schema && each.table === object.table,
      ) === object,
  );
  const byKey = new Map(keyed.map((object) => [renderAddressKey(addressOf(object)), object]));
  return makeCatalog(byKey.values());
}
