// The table of aspects: what there is to compare about each kind of thing, and by what it is recognised.
import {
  type CatalogObject,
  cutIdentifier,
  type IndexKey,
  quoteIdentifier,
  quoteLiteral,
} from '../catalog/index.ts';
import { isColumnKey } from './index-key.ts';

export interface Aspect<Object extends CatalogObject = CatalogObject> {
  readonly name: string;
  /** As text for people; null where there is none. */
  readonly read: (object: Object) => string | null;
  /** Two things of one table that agree in all identifying aspects are the same thing, changed. */
  readonly identifying?: true;
  /** Told only when this other aspect agrees, since a difference there changes both. */
  readonly after?: string;
}

export interface KindRule<Object extends CatalogObject = CatalogObject> {
  /**
   * `name`: two things are the same when their names are. `structure`: the name is a matter of taste (and cut at 63
   * bytes), so things of the same table with the same aspects are the same.
   */
  readonly identity: 'name' | 'structure';
  readonly aspects: readonly Aspect<Object>[];
  /** The thing as it might have been told by another source, or the thing itself. */
  readonly plainest?: (object: Object) => CatalogObject;
  /** The kinds as which another source may tell the same: the inverse of `plainest`. */
  readonly alsoToldAs?: readonly CatalogObject['kind'][];
  /** A missing one and an unexpected one beside it may be one that was renamed. */
  readonly renameable?: true;
}

/** As PostgreSQL stores a name, so that a longer one in a model is the same. */
const stored = (name: string): string => quoteIdentifier(cutIdentifier(name));
const list = (names: readonly string[]): string => names.map(stored).join(', ');
const sorted = (names: readonly string[]): string => list([...names].sort());
const distinctness = (distinct: boolean): string => (distinct ? 'nulls distinct' : 'nulls not distinct');

/** The default of serial columns. */
const nextOfSequence = /^nextval\('.*'::regclass\)$/;

/**
 * What fills a column by itself. A sequence keeps the name that its table had long ago, and an identity column is
 * filled from one as well: that a sequence fills the column is what counts.
 */
export function fillText(column: {
  readonly default: string | null;
  readonly identity?: string | null;
}): string | null {
  if ((column.identity ?? null) !== null) return 'next value of a sequence';
  return column.default !== null && nextOfSequence.test(column.default)
    ? 'next value of a sequence'
    : column.default;
}

function keyText(key: IndexKey): string {
  const usual = key.descending ? 'first' : 'last';
  return [
    isColumnKey(key) ? cutIdentifier(key.expression) : key.expression,
    ...(key.opclass === null ? [] : [key.opclass]),
    ...(key.descending ? ['desc'] : []),
    ...(key.nulls === usual ? [] : [`nulls ${key.nulls}`]),
  ].join(' ');
}

const rules: { readonly [K in CatalogObject['kind']]: KindRule<Extract<CatalogObject, { kind: K }>> } = {
  schema: { identity: 'name', aspects: [] },
  table: { identity: 'name', aspects: [] },
  enum: {
    identity: 'name',
    aspects: [
      { name: 'labels', read: ({ labels }) => [...labels].sort().map(quoteLiteral).join(', ') },
      { name: 'label order', read: ({ labels }) => labels.map(quoteLiteral).join(', '), after: 'labels' },
    ],
  },
  column: {
    identity: 'name',
    renameable: true,
    aspects: [
      { name: 'type', read: ({ type }) => type },
      { name: 'nullability', read: ({ nullable }) => (nullable ? 'null' : 'not null') },
      { name: 'default', read: fillText },
      { name: 'identity', read: ({ identity }) => identity, after: 'default' },
      { name: 'generated', read: ({ generated }) => generated },
    ],
  },
  'primary key': {
    identity: 'structure',
    aspects: [
      { name: 'columns', read: ({ columns }) => sorted(columns) },
      { name: 'column order', read: ({ columns }) => list(columns), after: 'columns' },
    ],
  },
  'unique key': {
    identity: 'structure',
    alsoToldAs: ['index'],
    aspects: [
      { name: 'columns', read: ({ columns }) => sorted(columns), identifying: true },
      { name: 'column order', read: ({ columns }) => list(columns), after: 'columns' },
      { name: 'nulls distinct', read: ({ nullsDistinct }) => distinctness(nullsDistinct) },
      { name: 'deferrability', read: ({ deferrability }) => deferrability },
    ],
  },
  'foreign key': {
    identity: 'structure',
    aspects: [
      {
        name: 'references',
        identifying: true,
        read: ({ columns, references: { schema, table, columns: far } }) =>
          columns
            .map(
              (near, at) => `${stored(near)} to ${stored(schema)}.${stored(table)}.${stored(far[at] ?? '')}`,
            )
            .sort()
            .join(', '),
      },
      { name: 'on delete', read: ({ onDelete }) => onDelete },
      { name: 'on update', read: ({ onUpdate }) => onUpdate },
      { name: 'deferrability', read: ({ deferrability }) => deferrability },
      { name: 'validity', read: ({ validated }) => (validated ? 'valid' : 'not valid') },
    ],
  },
  check: {
    identity: 'structure',
    aspects: [
      { name: 'expression', read: ({ expression }) => expression, identifying: true },
      { name: 'validity', read: ({ validated }) => (validated ? 'valid' : 'not valid') },
    ],
  },
  index: {
    identity: 'structure',
    plainest: (index) => {
      const { kind: _, unique, method, keys, include, predicate, valid, ...rest } = index;
      const plain =
        unique &&
        valid &&
        method === 'btree' &&
        predicate === null &&
        include.length === 0 &&
        // A unique constraint has columns only, in the order that needs no word.
        keys.every(
          (key) => !key.descending && key.nulls === 'last' && key.opclass === null && isColumnKey(key),
        );
      if (!plain) return index;
      const columns = keys.map((key) => key.expression);
      return { kind: 'unique key', ...rest, columns, deferrability: 'not deferrable' };
    },
    aspects: [
      { name: 'keys', read: ({ keys }) => keys.map(keyText).join(', '), identifying: true },
      { name: 'unique', read: ({ unique }) => (unique ? 'unique' : 'not unique') },
      { name: 'method', read: ({ method }) => method },
      { name: 'include', read: ({ include }) => (include.length === 0 ? null : list(include)) },
      { name: 'predicate', read: ({ predicate }) => predicate },
      { name: 'nulls distinct', read: ({ nullsDistinct }) => distinctness(nullsDistinct) },
      { name: 'validity', read: ({ valid }) => (valid ? 'valid' : 'not valid') },
    ],
  },
};

/** The rule of an object's kind; the object must be of that kind. */
export function ruleOf(kind: CatalogObject['kind']): KindRule {
  return rules[kind] as unknown as KindRule;
}

export function aspectsOf(kind: CatalogObject['kind']): readonly Aspect[] {
  return ruleOf(kind).aspects;
}

/** The thing as the plainest source would tell it: a unique index that a UNIQUE constraint could be is told as one. */
export function plainest(object: CatalogObject): CatalogObject {
  return ruleOf(object.kind).plainest?.(object) ?? object;
}
