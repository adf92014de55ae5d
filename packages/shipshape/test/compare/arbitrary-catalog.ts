// Arbitrary catalogs for fast-check: small, with awkward names, and in pairs that are nearly the same.
import fc from 'fast-check';
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Constraint,
  type Index,
  makeCatalog,
  renderAddressKey,
} from '../../src/catalog/index.ts';
import { check, column, enumeration, foreignKey, index, key, primaryKey, table, uniqueKey } from './build.ts';

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
      { default: null, identity: null, generated: 'lower(a)' },
    ),
  })
  .map(({ name, type, nullable, fill }) => column(name, type, { nullable, ...fill }));

const anyKey = fc
  .record({
    expression: fc.oneof(columnName, fc.constantFrom('lower(a)', '(a || b)')),
    descending: rarely,
    opclass: fc.constantFrom(null, null, 'text_pattern_ops'),
  })
  .map(({ expression, ...over }) => key(expression, over));

const anyPart: fc.Arbitrary<CatalogObject> = fc.oneof(
  anyColumn,
  anyColumn,
  fc.tuple(columns, partName).map(([of, name]) => primaryKey(of, { name })),
  fc
    .tuple(columns, partName, fc.boolean(), deferrability)
    .map(([of, name, nullsDistinct, deferrability]) => uniqueKey(of, { name, nullsDistinct, deferrability })),
  fc
    .tuple(
      columns,
      partName,
      fc.constantFrom('t', 'u'),
      fc.constantFrom('no action' as const, 'cascade' as const),
    )
    .map(([of, name, to, onDelete]) => foreignKey(of, to, { name, onDelete })),
  fc
    .tuple(partName, fc.constantFrom('(a > 0)', '(b > 0)'), fc.boolean())
    .map(([name, expression, validated]) => check(name, expression, { validated })),
  fc
    .tuple(partName, fc.array(anyKey, { minLength: 1, maxLength: 2 }), fc.boolean(), rarely)
    .map(([name, keys, unique, partial]) =>
      index(name, keys, { unique, predicate: partial ? '(a IS NULL)' : null }),
    ),
);

/** One table with its parts; each address once, one primary key. */
const anyTable = fc
  .tuple(
    fc.constantFrom('public', 'app'),
    fc.constantFrom('t', 'u', 'call log', 'T'),
    fc.array(anyPart, { maxLength: 6 }),
  )
  .map(([schema, name, parts]) => {
    const keyed = parts.filter(
      (part, at) => part.kind !== 'primary key' || firstOf(parts, 'primary key') === at,
    );
    return [
      table(name, schema),
      ...keyed.map((part) => ({ ...part, schema, table: name })),
    ] as CatalogObject[];
  });

const anyEnum = fc
  .tuple(
    fc.constantFrom('mood', 'Status'),
    fc.uniqueArray(fc.constantFrom('a', 'b', "it's"), { maxLength: 3 }),
  )
  .map(([name, labels]): CatalogObject[] => [enumeration(name, labels)]);

export const anyCatalog: fc.Arbitrary<Catalog> = fc
  .array(
    fc.oneof(anyTable, anyTable, anyEnum, fc.constant<CatalogObject[]>([{ kind: 'schema', schema: 'app' }])),
    {
      maxLength: 4,
    },
  )
  .map((groups) => eachAddressOnce(groups.flat()));

/** Two catalogs: any two, or one and the same with some things left out, renamed or exchanged. */
export const anyPair: fc.Arbitrary<readonly [Catalog, Catalog]> = fc.oneof(
  fc.tuple(anyCatalog, anyCatalog),
  fc
    .tuple(anyCatalog, anyCatalog, fc.array(fc.nat(9), { minLength: 80, maxLength: 80 }))
    .map(([one, other, dice]) => {
      const changed = one.objects.flatMap((object, at): CatalogObject[] => {
        const die = dice[at] ?? 9;
        if (die === 0) return [];
        if (die < 4 && isNamedByTaste(object)) return [{ ...object, name: `renamed ${die}` }];
        return [object];
      });
      const added = other.objects.filter((_, at) => dice[79 - at] === 0);
      return [one, eachAddressOnce([...changed, ...added])] as const;
    }),
);

function isNamedByTaste(object: CatalogObject): object is Constraint | Index {
  return 'table' in object && object.kind !== 'column';
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
