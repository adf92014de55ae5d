// Where something is in a database, and the only codec between that and text.
import { quoteIdentifier, quoteQualified } from './identifier.ts';

/** Kinds that live directly in a schema. */
export type TopKind = 'table' | 'enum';
/** Kinds that live in a table. */
export type PartKind = 'column' | 'primary key' | 'unique key' | 'foreign key' | 'check' | 'index';
export type Kind = 'schema' | TopKind | PartKind;

export interface SchemaAddress {
  readonly kind: 'schema';
  readonly schema: string;
}
export interface TopAddress {
  readonly kind: TopKind;
  readonly schema: string;
  readonly name: string;
}
export interface PartAddress {
  readonly kind: PartKind;
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}
export type Address = SchemaAddress | TopAddress | PartAddress;

const kinds: readonly Kind[] = [
  'schema',
  'table',
  'enum',
  'column',
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'index',
];

/** The names an address is made of, outermost first. */
function parts(address: Address): readonly string[] {
  if (address.kind === 'schema') return [address.schema];
  if ('table' in address) return [address.schema, address.table, address.name];
  return [address.schema, address.name];
}

/** The address without the thing's own name: a table for a column, a schema for a table, null for a schema. */
export function parentOf(address: Address): Address | null {
  if (address.kind === 'schema') return null;
  if ('table' in address) return { kind: 'table', schema: address.schema, name: address.table };
  return { kind: 'schema', schema: address.schema };
}

/** Complete and unambiguous: `column public.call_log.recording_mode`. Used as a key and in the snapshot. */
export function renderAddressKey(address: Address): string {
  return `${address.kind} ${quoteQualified(...parts(address))}`;
}

/** The inverse of `renderAddressKey`. Throws an Error on text that is no address key. */
export function parseAddressKey(text: string): Address {
  const kind = kinds.find((each) => text.startsWith(`${each} `));
  if (kind === undefined) throw new Error(`"${text}" does not begin with a kind (${kinds.join(', ')})`);
  const names = parseQualified(text.slice(kind.length + 1));
  const [schema, second, third] = names;
  if (schema !== undefined && names.length === 1 && kind === 'schema') return { kind, schema };
  if (
    schema !== undefined &&
    second !== undefined &&
    names.length === 2 &&
    (kind === 'table' || kind === 'enum')
  )
    return { kind, schema, name: second };
  if (schema === undefined || second === undefined || third === undefined || names.length !== 3)
    throw new Error(`"${text}" has ${names.length} names, which is wrong for a ${kind}`);
  return { kind: kind as PartKind, schema, table: second, name: third };
}

/**
 * As people write it: `call_log.recording_mode`, `call_log`, `index call_log.call_log_keyset`. The schema is left out
 * when it is on the search path.
 */
export function renderAddress(address: Address, searchPath: readonly string[] = ['public']): string {
  const names = parts(address);
  const short = address.kind !== 'schema' && searchPath.includes(address.schema) ? names.slice(1) : names;
  const path = short.map(quoteIdentifier).join('.');
  return address.kind === 'table' || address.kind === 'column' ? path : `${address.kind} ${path}`;
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
