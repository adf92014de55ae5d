// mergeDeclarations: what several sources of one app declare, as one declaration; and what they contradict each other in.
import {
  type Address,
  addressOf,
  type CatalogObject,
  type Column,
  canonicalTypeName,
  cutIdentifier,
  type Declaration,
  isSerial,
  makeCatalog,
  type Origin,
  renderAddressKey,
} from '../catalog/index.ts';
import { adoptAspect } from './adopt-aspect.ts';
import { ruleOf } from './aspects.ts';
import { mergeSilences } from './merge-silences.ts';
import { pair } from './pair.ts';
import { makeSilences, type Silences } from './silence.ts';

/** What one source says. */
export interface Telling {
  /** `drizzle` */
  readonly source: string;
  readonly declaration: Declaration;
}

/** One thing of which two sources say two things. */
export interface Dispute {
  readonly address: Address;
  readonly aspect: string;
  readonly first: Said;
  readonly second: Said;
}

export interface Said {
  readonly source: string;
  /** Null where there is none. */
  readonly text: string | null;
  readonly origin: Origin | null;
}

export interface Merged {
  readonly declaration: Declaration;
  readonly disputes: readonly Dispute[];
}

/**
 * Objects are united; of an aspect counts what the source says that can say it, the first of several. Where two say
 * different things, that is a dispute, which only texts that a server has printed can show: `varchar` and
 * `character varying` are one. A default that only one source has is no dispute: an ORM need not know what fills a column.
 */
export function mergeDeclarations(tellings: readonly [Telling, ...Telling[]]): Merged {
  const [first, ...others] = tellings;
  let merged: Telling = first;
  const disputes: Dispute[] = [];
  for (const other of others) {
    const next = mergeTwo(merged, other);
    disputes.push(...next.disputes);
    merged = { source: `${merged.source} and ${other.source}`, declaration: next.declaration };
  }
  return { declaration: merged.declaration, disputes };
}

function mergeTwo(left: Telling, right: Telling): Merged {
  const [one, other] = [left.declaration, right.declaration];
  const quiet = [makeSilences(one.silence), makeSilences(other.silence)] as const;
  const { pairs, leftAlone, rightAlone } = pair(
    one.catalog.objects,
    other.catalog.objects,
    makeSilences([...one.silence, ...other.silence]),
  );
  const disputes: Dispute[] = [];
  const together = pairs.map(([object, twin]) => {
    disputes.push(...findDisputes(object, twin, left, right, quiet));
    return { object: unite(object, twin, quiet), twin };
  });
  const taken = new Set([...leftAlone, ...together.map(({ object }) => object)].map(keyOf));
  const added = rightAlone.map((object) => withFreeName(object, taken));
  const renamed = new Map([
    ...together.map(({ object, twin }) => [keyOf(twin), keyOf(object)] as const),
    ...rightAlone.map((object, at) => [keyOf(object), keyOf(added[at] ?? object)] as const),
  ]);
  const here = (key: string): string => renamed.get(key) ?? key;
  const declaration: Declaration = {
    catalog: makeCatalog([...leftAlone, ...together.map(({ object }) => object), ...added]),
    silence: mergeSilences(
      { silence: one.silence, alone: leftAlone },
      { silence: other.silence, alone: added },
      together.map(({ object }) => object),
    ),
    origin: {
      ...Object.fromEntries(Object.entries(other.origin).map(([key, origin]) => [here(key), origin])),
      ...one.origin,
    },
    unqualified: [...new Set([...one.unqualified, ...other.unqualified.map(here)])].sort(),
    ...(one.printed !== undefined && one.printed === other.printed ? { printed: one.printed } : {}),
  };
  return { declaration, disputes };
}

function unite(
  object: CatalogObject,
  twin: CatalogObject,
  quiet: readonly [Silences, Silences],
): CatalogObject {
  if (object.kind !== twin.kind) return object;
  const unfilled = object.kind === 'column' && !isFilled(object);
  let united = object;
  for (const { name } of ruleOf(object.kind).aspects) {
    const better = quiet[0].covers([addressOf(object)], name) || (unfilled && fillings.has(name));
    if (better && !quiet[1].covers([addressOf(twin)], name)) united = adoptAspect(united, twin, name);
  }
  // The same type, which brings a sequence with it.
  if (united.kind === 'column' && twin.kind === 'column' && unfilled && isSerial(twin.type))
    return canonicalTypeName(united.type) === canonicalTypeName(twin.type)
      ? { ...united, type: twin.type }
      : united;
  return united;
}

/** What fills a column by itself: an ORM need not know of it. */
const fillings: ReadonlySet<string> = new Set(['default', 'identity', 'generated', 'generation', 'sequence']);

function isFilled({ default: text, identity, generated, type }: Column): boolean {
  return text !== null || identity !== null || generated !== null || isSerial(type);
}

function findDisputes(
  object: CatalogObject,
  twin: CatalogObject,
  left: Telling,
  right: Telling,
  quiet: readonly [Silences, Silences],
): readonly Dispute[] {
  // Two kinds are paired only when they say the same in different words.
  if (object.kind !== twin.kind) return [];
  const [address, there] = [addressOf(object), addressOf(twin)];
  const said = (aspect: string) => !quiet[0].covers([address], aspect) && !quiet[1].covers([there], aspect);
  const { aspects } = ruleOf(object.kind);
  const different = aspects.filter(
    ({ name, read }) =>
      said(name) &&
      read(object) !== read(twin) &&
      !(fillings.has(name) && (read(object) === null || read(twin) === null)),
  );
  return different
    .filter(({ after }) => !different.some(({ name }) => name === after))
    .map(({ name, read }) => ({
      address,
      aspect: name,
      first: { source: left.source, text: read(object), origin: originOf(left, address) },
      second: { source: right.source, text: read(twin), origin: originOf(right, there) },
    }));
}

/** A key is declared where its table is, as far as nothing nearer is known. */
function originOf({ declaration: { origin } }: Telling, address: Address): Origin | null {
  const table =
    'table' in address
      ? renderAddressKey({ kind: 'table', schema: address.schema, name: address.table })
      : null;
  return origin[renderAddressKey(address)] ?? (table === null ? null : (origin[table] ?? null));
}

/** Another thing may have the name already, where names are a matter of taste. */
function withFreeName(object: CatalogObject, taken: ReadonlySet<string>): CatalogObject {
  if (!taken.has(keyOf(object)) || !('name' in object)) return object;
  for (let number = 2; ; number++) {
    const renamed = { ...object, name: cutIdentifier(`${object.name.slice(0, 50)}_${number}`) };
    if (!taken.has(keyOf(renamed))) return renamed;
  }
}

function keyOf(object: CatalogObject): string {
  return renderAddressKey(addressOf(object));
}
