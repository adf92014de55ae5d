// Catalogue queries: keys, checks and exclusion constraints. Letters as manual 51.13 has them.
import { family, plainFamily } from './family.ts';

/**
 * Read once for all kinds. Where the planner's statistics are from before the first foreign key, it takes `contype = 'f'`
 * for one row and would compare every key with every table.
 */
export const ourConstraints = `
  our_constraint AS MATERIALIZED (
    SELECT con.*
      FROM our_relation r
      JOIN pg_constraint con ON con.conrelid = r.oid AND con.contype IN ('p', 'u', 'f', 'c', 'x')
  )`;

interface Deferring {
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}

interface Constrained {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
}

const constrained = `'oid', con.oid::text, 'table', con.conrelid::text, 'name', con.conname`;
const deferring = `'deferrable', con.condeferrable, 'initiallyDeferred', con.condeferred`;

export interface KeyRow extends Constrained, Deferring {
  readonly primary: boolean;
  /** Numbers of columns. */
  readonly columns: readonly number[];
  /** The columns of INCLUDE come behind the keys. */
  readonly indexed: readonly number[];
  readonly nullsNotDistinct: boolean;
  readonly withoutOverlaps: boolean;
}

const numbers = (text: string | null): readonly number[] => (text?.match(/\d+/g) ?? []).map(Number);

export const keys = plainFamily<KeyRow>(
  'key',
  ({ nullsNotDistinct, period }) => ({
    columns: {
      of: 'con.conrelid',
      a: 'con.conname',
      b: `con.contype::text || CASE WHEN ${nullsNotDistinct} THEN 'n' ELSE '' END || CASE WHEN ${period} THEN 'o' ELSE '' END
          || CASE WHEN con.condeferred THEN 'di' WHEN con.condeferrable THEN 'd' ELSE '' END`,
      c: 'con.conkey',
      d: 'i.indkey',
      e: 'con.oid',
    },
    from: `
    FROM our_constraint con
    JOIN pg_index i ON i.indexrelid = con.conindid
   WHERE con.contype IN ('p', 'u')`,
  }),
  ({ of, a, b, c, d, e }) => {
    const has = (letter: string) => (b as string).includes(letter);
    return {
      oid: e as string,
      table: of as string,
      name: a as string,
      primary: has('p'),
      columns: numbers(c),
      indexed: numbers(d),
      nullsNotDistinct: has('n'),
      withoutOverlaps: has('o'),
      deferrable: has('d'),
      initiallyDeferred: has('i'),
    };
  },
);

type ActionLetter = 'a' | 'r' | 'c' | 'n' | 'd';

export interface ForeignKeyRow extends Constrained, Deferring {
  /** Numbers of columns. */
  readonly columns: readonly number[];
  readonly referenced: string;
  readonly referencedColumns: readonly number[];
  readonly onDelete: ActionLetter;
  /** Numbers of columns. */
  readonly onDeleteColumns: readonly number[] | null;
  readonly onUpdate: ActionLetter;
  readonly matchFull: boolean;
  readonly period: boolean;
  readonly enforced: boolean;
  readonly validated: boolean;
}

/** The copies that PostgreSQL keeps on the same table for each partition of the referenced table are left out. */
export const foreignKeys = family<ForeignKeyRow>('foreign key', (dialect) => ({
  fields: `${constrained}, ${deferring},
           'columns', con.conkey,
           'referenced', con.confrelid::text,
           'referencedColumns', con.confkey,
           'onDelete', con.confdeltype,
           'onDeleteColumns', ${dialect.deleteColumns},
           'onUpdate', con.confupdtype,
           'matchFull', con.confmatchtype = 'f',
           'period', ${dialect.period},
           'enforced', ${dialect.enforced},
           'validated', con.convalidated`,
  from: `
    FROM our_constraint con
   WHERE con.contype = 'f'
     AND NOT EXISTS (SELECT FROM pg_constraint parent
                      WHERE parent.oid = con.conparentid AND parent.conrelid = con.conrelid)`,
}));

export interface ReferencedRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** Names by number. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Tables that foreign keys lead to although they are not read themselves. */
export const referenced = family<ReferencedRow>('referenced', () => ({
  fields: `
           'oid', c.oid::text,
           'schema', n.nspname,
           'name', c.relname,
           'columns', (SELECT json_object_agg(a.attnum, a.attname)
                         FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum > 0)`,
  from: `
    FROM (SELECT con.confrelid AS oid FROM our_constraint con WHERE con.contype = 'f'
          EXCEPT
          SELECT r.oid FROM our_relation r) AS outside
    JOIN pg_class c ON c.oid = outside.oid
    JOIN pg_namespace n ON n.oid = c.relnamespace`,
}));

export interface CheckRow extends Constrained {
  readonly expression: string;
  readonly noInherit: boolean;
  readonly enforced: boolean;
  readonly validated: boolean;
}

export const checks = family<CheckRow>('check', (dialect) => ({
  fields: `${constrained},
           'expression', pg_get_expr(con.conbin, con.conrelid),
           'noInherit', con.connoinherit,
           'enforced', ${dialect.enforced},
           'validated', con.convalidated`,
  from: `
    FROM our_constraint con
   WHERE con.contype = 'c'`,
}));

export interface ExclusionRow extends Constrained, Deferring {
  /** Its index, which is told among the indexes. */
  readonly index: string;
  /** One a key, as SQL. */
  readonly operators: readonly string[];
}

export const exclusions = family<ExclusionRow>('exclusion', () => ({
  fields: `${constrained}, ${deferring},
           'index', con.conindid::text,
           'operators', (SELECT json_agg(CASE WHEN n.nspname = 'pg_catalog' THEN o.oprname
                                              ELSE format('OPERATOR(%I.%s)', n.nspname, o.oprname) END ORDER BY e.place)
                           FROM unnest(con.conexclop) WITH ORDINALITY AS e (oid, place)
                           JOIN pg_operator o ON o.oid = e.oid
                           JOIN pg_namespace n ON n.oid = o.oprnamespace)`,
  from: `
    FROM our_constraint con
   WHERE con.contype = 'x'`,
}));
