// renderSequence: a sequence, and the options of one that a column owns.
import {
  type Column,
  quoteIdentifier,
  quoteQualified,
  type Sequence,
  type SequenceOptions,
} from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/** The statement that creates it; who owns it is said when the table is there. */
export function renderSequence({ schema, name, options }: Sequence, naming: Naming): string {
  const create = naming.repeatable === true ? 'CREATE SEQUENCE IF NOT EXISTS' : 'CREATE SEQUENCE';
  return [`${create} ${renderName(schema, name, naming)}`, ...optionsAsSql(options)].join(' ');
}

/** With the column it is dropped as well (manual, ALTER SEQUENCE). */
export function renderOwnedBy(sequence: string, owner: NonNullable<Sequence['ownedBy']>, naming: Naming) {
  const table = renderName(owner.schema, owner.table, naming);
  return `ALTER SEQUENCE ${sequence} OWNED BY ${table}.${quoteIdentifier(owner.column)}`;
}

const integers: readonly string[] = ['smallint', 'integer', 'bigint'];

/**
 * The sequence that a column owns and draws from. `name` is SQL. It has the column's type unless its options say another
 * one.
 */
export function renderColumnSequence(name: string, { type, sequence }: Column): string {
  const own = sequence?.type ?? (integers.includes(type) ? type : 'bigint');
  const options = optionsAsSql({ ...sequence, type: own });
  return [`CREATE SEQUENCE IF NOT EXISTS ${name}`, ...options].join(' ');
}

/** For `GENERATED … AS IDENTITY`, which says the type itself: ` (START WITH 100)`, or nothing. */
export function renderIdentityOptions({ sequence }: Column): string {
  const { type: _, ...options } = sequence ?? {};
  const parts = optionsAsSql(options);
  return parts.length === 0 ? '' : ` (${parts.join(' ')})`;
}

/**
 * The options of a serial column's sequence, whose name the server chose: it is asked for it, as SQL has no other way to
 * name it (manual 9.26, `pg_get_serial_sequence`).
 */
export function renderSerialOptions({ schema, table, name, sequence }: Column): string | null {
  const parts = optionsAsSql(sequence ?? {});
  if (parts.length === 0) return null;
  const owner = `${asLiteral(quoteQualified(schema, table))}, ${asLiteral(name)}`;
  return `DO $do$ BEGIN EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence(${owner}) || ${asLiteral(` ${parts.join(' ')}`)}; END $do$`;
}

const asLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export function optionsAsSql(options: SequenceOptions): readonly string[] {
  const { type, start, increment, min, max, cache, cycle } = options;
  return [
    ...(type === undefined ? [] : [`AS ${type}`]),
    ...(increment === undefined ? [] : [`INCREMENT BY ${increment}`]),
    ...(min === undefined ? [] : [`MINVALUE ${min}`]),
    ...(max === undefined ? [] : [`MAXVALUE ${max}`]),
    ...(start === undefined ? [] : [`START WITH ${start}`]),
    ...(cache === undefined ? [] : [`CACHE ${cache}`]),
    ...(cycle === true ? ['CYCLE'] : []),
  ];
}
