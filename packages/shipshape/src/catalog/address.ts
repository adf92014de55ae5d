// Where something is in a database, and the only codec between that and text.
import { cutIdentifier, quoteIdentifier, quoteQualified } from './identifier.ts';

/** Kinds that live directly in a schema and are known there by their name. */
export type TopKind =
  | 'table'
  | 'view'
  | 'materialized view'
  | 'sequence'
  | 'enum'
  | 'domain'
  | 'composite type'
  | 'range type'
  | 'collation';
/** Kinds that live in a table, or (indexes, triggers) in a view. */
export type PartKind =
  | 'column'
  | 'primary key'
  | 'unique key'
  | 'foreign key'
  | 'check'
  | 'exclusion constraint'
  | 'index'
  | 'trigger'
  | 'policy';
/** What can be said about any other thing, and is a thing of its own. */
export type RemarkKind = 'comment' | 'owner' | 'privilege';
export type Kind = 'schema' | 'extension' | 'routine' | TopKind | PartKind | RemarkKind;

export interface SchemaAddress {
  readonly kind: 'schema';
  readonly schema: string;
}
export interface ExtensionAddress {
  readonly kind: 'extension';
  readonly name: string;
}
export interface TopAddress {
  readonly kind: TopKind;
  readonly schema: string;
  readonly name: string;
}
/** Routines of one name are told apart by what they take (manual 36.6). */
export interface RoutineAddress {
  readonly kind: 'routine';
  readonly schema: string;
  readonly name: string;
  /** As `pg_get_function_identity_arguments` prints them: `amount numeric, VARIADIC names text[]`. */
  readonly arguments: string;
}
export interface PartAddress {
  readonly kind: PartKind;
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}
/** Where a thing is that is no remark itself. */
export type ThingAddress = SchemaAddress | ExtensionAddress | TopAddress | RoutineAddress | PartAddress;
export interface RemarkAddress {
  readonly kind: 'comment' | 'owner';
  readonly on: ThingAddress;
}
export interface PrivilegeAddress {
  readonly kind: 'privilege';
  readonly on: ThingAddress;
  /** A role, or `PUBLIC`. */
  readonly grantee: string;
}
export type Address = ThingAddress | RemarkAddress | PrivilegeAddress;

const topKinds: readonly TopKind[] = [
  'table',
  'view',
  'materialized view',
  'sequence',
  'enum',
  'domain',
  'composite type',
  'range type',
  'collation',
];
const partKinds: readonly PartKind[] = [
  'column',
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'exclusion constraint',
  'index',
  'trigger',
  'policy',
];
export const kinds: readonly Kind[] = [
  'schema',
  'extension',
  'routine',
  ...topKinds,
  ...partKinds,
  'comment',
  'owner',
  'privilege',
];
/** Lives in a table, or in a view. */
export function isPartKind(kind: Kind): kind is PartKind {
  return partKinds.some((each) => each === kind);
}

/** What people call without its kind: `call_log`, `call_log.recording_mode`. */
const plainKinds: readonly Kind[] = ['table', 'column'];

/** The names an address is made of, outermost first. */
function parts(address: ThingAddress): readonly string[] {
  if (address.kind === 'schema') return [address.schema];
  if (address.kind === 'extension') return [address.name];
  if ('table' in address) return [address.schema, address.table, address.name];
  return [address.schema, address.name];
}

/** The thing's own name; of a schema its name, of a remark that of what it is on. */
export function nameOf(address: Address): string {
  if ('on' in address) return nameOf(address.on);
  return address.kind === 'schema' ? address.schema : address.name;
}

/** The schema that the thing is in or is, or null: extensions are the database's. */
export function schemaOf(address: Address): string | null {
  if ('on' in address) return schemaOf(address.on);
  return address.kind === 'extension' ? null : address.schema;
}

/** The table of a part, the schema of a table, what a remark is on; null for a schema and an extension. */
export function parentOf(address: Address): ThingAddress | null {
  if ('on' in address) return address.on;
  if (address.kind === 'schema' || address.kind === 'extension') return null;
  if ('table' in address) return { kind: 'table', schema: address.schema, name: address.table };
  return { kind: 'schema', schema: address.schema };
}

/**
 * Address keys of everything that may hold the thing: a part may be in a table or in a view of that name, and what is
 * remarked on an attribute of a composite type is on a column of it, as COMMENT ON COLUMN says.
 */
export function holdersOf(address: Address): readonly string[] {
  const parent = parentOf(address);
  if (parent === null) return [];
  if (!('table' in address) || parent.kind !== 'table') return [renderAddressKey(parent)];
  const { schema, name } = parent;
  return (['table', 'view', 'materialized view', 'composite type'] as const).map((kind) =>
    renderAddressKey({ kind, schema, name }),
  );
}

/** The address with its names as PostgreSQL stores them: cut at 63 bytes (manual 4.1.1). */
export function cutAddress<Kept extends Address>(address: Kept): Kept {
  if ('on' in address) return { ...address, on: cutAddress(address.on) };
  const cut: Record<string, string> = { ...address } as Record<string, string>;
  for (const part of ['schema', 'table', 'name']) {
    const name = cut[part];
    if (name !== undefined) cut[part] = cutIdentifier(name);
  }
  return cut as unknown as Kept;
}

/** Complete and unambiguous: `column public.call_log.recording_mode`. Used as a key and in the snapshot. */
export function renderAddressKey(address: Address): string {
  // Nearly all are parts of tables, and comparing renders every key: a shorter way for them.
  if ('table' in address) {
    const { kind, schema, table, name } = address;
    return `${kind} ${quoteIdentifier(schema)}.${quoteIdentifier(table)}.${quoteIdentifier(name)}`;
  }
  return render(address, (thing) => quoteQualified(...parts(thing)), renderAddressKey);
}

function render(
  address: Address,
  name: (thing: ThingAddress) => string,
  on: (thing: ThingAddress) => string,
): string {
  switch (address.kind) {
    case 'comment':
      return `comment on ${on(address.on)}`;
    case 'owner':
      return `owner of ${on(address.on)}`;
    case 'privilege':
      return `privilege of ${quoteIdentifier(address.grantee)} on ${on(address.on)}`;
    case 'routine':
      return `routine ${name(address)}(${address.arguments})`;
    default:
      return `${address.kind} ${name(address)}`;
  }
}

/** The inverse of `renderAddressKey`. Throws an Error on text that is no address key. */
export function parseAddressKey(text: string): Address {
  const remark = /^(?:(comment) on|(owner) of|privilege of ("(?:[^"]|"")+"|[^\s"]+) on) (.+)$/s.exec(text);
  if (remark !== null) {
    const [, comment, owner, grantee, rest = ''] = remark;
    const on = parseAddressKey(rest);
    if ('on' in on) throw new Error(`"${text}" is a remark on a remark`);
    if (grantee !== undefined)
      return { kind: 'privilege', on, grantee: parseQualified(grantee)[0] as string };
    return { kind: (comment ?? owner) as 'comment' | 'owner', on };
  }
  const kind = kinds.find((each) => text.startsWith(`${each} `));
  if (kind === undefined) throw new Error(`"${text}" does not begin with a kind (${kinds.join(', ')})`);
  return parseThing(kind, text.slice(kind.length + 1), text);
}

function parseThing(kind: Kind, rest: string, text: string): ThingAddress {
  const routine = kind === 'routine' ? /^((?:"(?:[^"]|"")*"|[^"(])*)\((.*)\)$/s.exec(rest) : null;
  const names = parseQualified(routine?.[1] ?? rest);
  const [first, second, third] = names;
  const wrong = () => new Error(`"${text}" has ${names.length} names, which is wrong for a ${kind}`);
  if (first === undefined) throw wrong();
  if (kind === 'schema' && names.length === 1) return { kind, schema: first };
  if (kind === 'extension' && names.length === 1) return { kind, name: first };
  if (second === undefined) throw wrong();
  const top = topKinds.find((each) => each === kind);
  if (top !== undefined && names.length === 2) return { kind: top, schema: first, name: second };
  if (routine !== null && names.length === 2)
    return { kind: 'routine', schema: first, name: second, arguments: routine[2] as string };
  const part = partKinds.find((each) => each === kind);
  if (part === undefined || third === undefined || names.length !== 3) throw wrong();
  return { kind: part, schema: first, table: second, name: third };
}

/**
 * As people write it: `call_log.recording_mode`, `call_log`, `index call_log.call_log_keyset`, `comment on call_log`.
 * The schema is left out when it is on the search path.
 */
export function renderAddress(address: Address, searchPath: readonly string[] = ['public']): string {
  const path = (thing: ThingAddress): string => {
    const names = parts(thing);
    const hidden = 'schema' in thing && thing.kind !== 'schema' && searchPath.includes(thing.schema);
    return (hidden ? names.slice(1) : names).map(quoteIdentifier).join('.');
  };
  if (plainKinds.includes(address.kind)) return path(address as ThingAddress);
  return render(address, path, (thing) => renderAddress(thing, searchPath));
}

/** Splits `a."b.c".d` into its names. */
function parseQualified(text: string): readonly string[] {
  const names: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^."]+))(\.|$)/gy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) throw new Error(`"${text}" is not a dotted name`);
    names.push(match[1] === undefined ? (match[2] as string) : match[1].replaceAll('""', '"'));
    if (match[3] === '') break;
  }
  return names;
}
