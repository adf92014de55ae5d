// Catalogue queries: what a need asks about most, columns, as few rows as they fit in.
import { plainFamily } from './family.ts';
import { notOfExtension } from './ours.ts';

/**
 * A common table beside `ours.ts`. A column's type is a number here: each type is printed once, not once a column. attnotnull
 * also stands for a NOT NULL that is not validated yet: new rows are held to it (manual 51.7).
 */
export const neededColumns = `
  our_column AS MATERIALIZED (
    SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated
      FROM our_relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  )`;

/** All columns of one table or view. */
export interface PackedColumns {
  readonly table: string;
  /** Names, as JSON. */
  readonly names: string;
  /** The following have one a name, with spaces between. */
  readonly numbers: string;
  /** The oid of its type and the modifier: `1043:68`. */
  readonly types: string;
  /** `t` for NOT NULL or `f`, then those of identity and generated (manual 51.7). */
  readonly letters: string;
}

export const packedColumns = plainFamily<PackedColumns>(
  'columns',
  () => ({
    columns: {
      of: 'k.attrelid',
      a: 'json_agg(k.attname)',
      b: `string_agg(k.attnum::text, ' ')`,
      c: `string_agg(concat(k.atttypid, ':', k.atttypmod), ' ')`,
      d: `string_agg(concat(k.attnotnull, k.attidentity, k.attgenerated), ' ')`,
    },
    from: 'FROM our_column k GROUP BY k.attrelid',
  }),
  ({ of, a, b, c, d }) => ({
    table: of as string,
    names: a as string,
    numbers: b as string,
    types: c as string,
    letters: d as string,
  }),
);

/** The expressions of one table's defaults and generated columns. */
export interface PackedDefaults {
  readonly table: string;
  /** Numbers of columns, with spaces between. */
  readonly numbers: string;
  /** One a number, as JSON. */
  readonly expressions: string;
}

const isGenerated = `EXISTS (SELECT FROM pg_attribute k
                                      WHERE k.attrelid = d.adrelid AND k.attnum = d.adnum AND k.attgenerated <> '')`;

export const packedDefaults = plainFamily<PackedDefaults>(
  'defaults',
  () => ({
    columns: {
      of: 'd.adrelid',
      a: `string_agg(d.adnum::text, ' ')`,
      // An expression without columns is printed for no table at all (manual 9.28.4): naming one would open it.
      b: `json_agg(pg_get_expr(d.adbin, CASE WHEN ${isGenerated} THEN d.adrelid ELSE 0 END))`,
    },
    // Beginning with the columns, of which the planner knows no number, it would look once for each, and few have a default.
    from: `
    FROM our_relation r
    JOIN pg_attrdef d ON d.adrelid = r.oid
   GROUP BY d.adrelid`,
  }),
  ({ of, a, b }) => ({ table: of as string, numbers: a as string, expressions: b as string }),
);

export interface TypeRow {
  /** `1043:68` */
  readonly key: string;
  readonly name: string;
}

export const typesOfColumns = plainFamily<TypeRow>(
  'type',
  () => ({
    columns: {
      a: `concat(k.atttypid, ':', k.atttypmod)`,
      b: 'format_type(k.atttypid, k.atttypmod)',
    },
    from: 'FROM (SELECT DISTINCT atttypid, atttypmod FROM our_column) k',
  }),
  ({ a, b }) => ({ key: a as string, name: b as string }),
);

/** A unique index, which may be the work of a key. Those of exclusion constraints are left out. */
export interface ArbiterRow {
  readonly table: string;
  readonly name: string;
  /** Null for an index that no key made. */
  readonly key: 'primary key' | 'unique key' | null;
  /** Numbers of columns, 0 for an expression: first the keys, then the columns of INCLUDE (manual 51.26). */
  readonly columns: readonly number[];
  /** How many of them are keys. */
  readonly keys: number;
  /** One a key. Bit 1: descending; bit 2: nulls first. */
  readonly options: readonly number[];
  /** One a key, of an index with expressions. */
  readonly printed: readonly string[] | null;
  readonly predicate: string | null;
  readonly method: string;
  readonly nullsNotDistinct: boolean;
  readonly withoutOverlaps: boolean;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly valid: boolean;
}

/** B-tree has this oid everywhere (pg_am.dat), and nearly every unique index: no other table is asked for it. */
const method = `CASE c.relam WHEN 403 THEN 'btree' ELSE (SELECT m.amname::text FROM pg_am m WHERE m.oid = c.relam) END`;

const numbersIn = (text: string): readonly number[] => (text === '' ? [] : text.split(' ').map(Number));

export const arbiters = plainFamily<ArbiterRow>(
  'arbiter',
  ({ nullsNotDistinct, period }) => ({
    columns: {
      of: 'i.indrelid',
      a: 'c.relname',
      b: `concat(con.contype, CASE WHEN ${nullsNotDistinct} THEN 'n' END, CASE WHEN ${period} THEN 'o' END,
                 CASE WHEN con.condeferrable THEN 'd' END, CASE WHEN con.condeferred THEN 'i' END)`,
      c: 'i.indkey',
      d: 'i.indoption',
      e: `CASE WHEN i.indexprs IS NOT NULL THEN
            (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
               FROM generate_series(1, i.indnkeyatts::int) AS k) END`,
      f: `concat(${method}, ' ', pg_get_expr(i.indpred, i.indrelid))`,
      g: 'i.indisvalid',
    },
    from: `
    FROM our_relation r
    JOIN pg_index i ON i.indrelid = r.oid AND i.indisunique
    JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_constraint con ON con.conrelid = r.oid AND con.conindid = i.indexrelid
                               AND con.contype IN ('p', 'u', 'x')
   WHERE con.contype IS DISTINCT FROM 'x'`,
  }),
  ({ of, a, b, c, d, e, f, g }) => {
    const letters = b as string;
    const [method, predicate] = splitOnce(f as string);
    const options = numbersIn(d as string);
    return {
      table: of as string,
      name: a as string,
      key: letters.startsWith('p') ? 'primary key' : letters.startsWith('u') ? 'unique key' : null,
      columns: numbersIn(c as string),
      keys: options.length,
      options,
      printed: e === null ? null : (JSON.parse(e) as string[]),
      predicate: predicate === '' ? null : predicate,
      method,
      nullsNotDistinct: letters.includes('n'),
      withoutOverlaps: letters.includes('o'),
      deferrable: letters.includes('d'),
      initiallyDeferred: letters.includes('i'),
      valid: g === true,
    };
  },
);

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}

export interface NeededTypeRow {
  readonly kind: 'enum' | 'domain';
  readonly schema: string;
  readonly name: string;
  /** Of an enum. */
  readonly labels: readonly string[];
  /** Of a domain: what is under it, and the expression of its default. */
  readonly type: string;
  readonly default: string | null;
  readonly required: boolean;
}

/** In one look at pg_type. */
export const neededTypes = plainFamily<NeededTypeRow>(
  'user type',
  () => ({
    columns: {
      a: 's.name',
      b: 'y.typname',
      c: `CASE WHEN y.typtype = 'e' THEN (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder)
                                            FROM pg_enum l WHERE l.enumtypid = y.oid) END`,
      d: `CASE WHEN y.typtype = 'd' THEN format_type(y.typbasetype, y.typtypmod) END`,
      e: 'pg_get_expr(y.typdefaultbin, 0)',
      g: 'y.typnotnull',
    },
    from: `
    FROM pg_type y
    JOIN our_schema s ON s.oid = y.typnamespace
   WHERE y.typtype IN ('e', 'd')
     AND ${notOfExtension('pg_type', 'y.oid')}`,
  }),
  ({ a, b, c, d, e, g }) => ({
    kind: d === null ? 'enum' : 'domain',
    schema: a as string,
    name: b as string,
    labels: c === null ? [] : (JSON.parse(c) as string[]),
    type: d ?? '',
    default: e,
    required: g === true,
  }),
);
