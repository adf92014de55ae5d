// Catalogue query: the columns of tables and views.
import { type FactRow, plainFamily } from './family.ts';

/** One of very many: it is taken as it came, not copied into better names. */
export interface ColumnRow extends FactRow {
  /** The oid of its table or view. */
  readonly of: string;
  /** Its name. */
  readonly a: string;
  /** Its type. */
  readonly b: string;
  /** The expression of a default, or of a generated column. */
  readonly c: string | null;
  /** Letters: identity (`a` always, `d` by default), generated (`s` stored, `v` virtual; manual 51.7), `c`: the collation is not the type's own. */
  readonly d: string;
  /** Its number, by which keys and indexes call it. */
  readonly e: string;
  /** The oid of its collation, 0 where the type has none. */
  readonly f: string | null;
  /** Whether it is not null. */
  readonly g: boolean;
}

const asItCame = (row: FactRow): ColumnRow => row as ColumnRow;

/** attnotnull also stands for a NOT NULL that is not validated yet: new rows are held to it (manual 51.7). */
export const columns = plainFamily<ColumnRow>(
  'column',
  () => ({
    columns: {
      of: 'a.attrelid',
      a: 'a.attname',
      b: 'format_type(a.atttypid, a.atttypmod)',
      c: 'pg_get_expr(d.adbin, d.adrelid)',
      d: `a.attidentity::text || a.attgenerated::text || CASE WHEN a.attcollation <> y.typcollation THEN 'c' ELSE '' END`,
      e: 'a.attnum',
      f: 'a.attcollation',
      g: 'a.attnotnull',
    },
    from: `
    FROM our_relation r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    JOIN pg_type y ON y.oid = a.atttypid`,
  }),
  asItCame,
);
