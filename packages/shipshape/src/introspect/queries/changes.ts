// Catalogue query: which things have rows that are younger than a transaction, and all that is printed from them.

/** A row of the answer; one for each catalogue, and one that is named `touched`. */
export interface ChangesRow {
  readonly name: string;
  /** How many rows there are, young or not: fewer than known and new ones together means that some are gone. */
  readonly total: string | null;
  /** Of the young ones: what tells the row from others, and what it is a part of. Of `touched`: what is to be read again. */
  readonly rows: string | null;
  /** How old the youngest is, in transactions before `now`. */
  readonly age: string | null;
  /** The number of the present transaction, or of the next one. */
  readonly now: string;
}

interface Watched {
  /** SQL: FROM and WHERE, with the rows as `x`. */
  readonly from: string;
  /** SQL: the thing that a young row changes, `[classid, objid]`. */
  readonly thing: readonly [string, string];
  /** SQL: tells the row. Left out where rows only go together with those of another catalogue. */
  readonly key?: string;
  /** SQL: what the row is a part of, where that is not what `thing` is a part of. */
  readonly whole?: string;
  /** SQL: a condition for rows whose age is counted. Those of initdb have numbers from before all. */
  readonly aged?: string;
}

const regclass = (catalog: string): string => `'pg_catalog.${catalog}'::regclass`;

/** A domain has the category of the type that it is over. */
const notArray = (type: string): string => `(${type}.typtype = 'd' OR ${type}.typcategory <> 'A')`;

/**
 * SQL: what a thing is a part of, as `pg_class 16385`: a table or view, a sequence, a type, a routine, a schema. Null for
 * what is nothing by itself (an array type) and for what has no noun.
 */
const wholeOf = (classid: string, objid: string): string => `
    CASE ${classid}
      WHEN ${regclass('pg_class')} THEN
        (SELECT CASE WHEN c.relkind IN ('i', 'I')
                     THEN 'pg_class ' || (SELECT i.indrelid FROM pg_index i WHERE i.indexrelid = c.oid)
                     WHEN c.relkind = 'c' THEN 'pg_type ' || c.reltype
                     WHEN c.relkind <> 't' THEN 'pg_class ' || c.oid END
           FROM pg_class c WHERE c.oid = ${objid})
      WHEN ${regclass('pg_type')} THEN
        (SELECT CASE WHEN y.typrelid <> 0 THEN (SELECT CASE WHEN c.relkind = 'c' THEN 'pg_type ' || y.oid
                                                            ELSE 'pg_class ' || c.oid END
                                                  FROM pg_class c WHERE c.oid = y.typrelid)
                     WHEN y.typtype = 'm'
                     THEN 'pg_type ' || (SELECT g.rngtypid FROM pg_range g WHERE g.rngmultitypid = y.oid)
                     WHEN ${notArray('y')} THEN 'pg_type ' || y.oid END
           FROM pg_type y WHERE y.oid = ${objid})
      WHEN ${regclass('pg_constraint')} THEN
        (SELECT CASE WHEN con.conrelid <> 0 THEN 'pg_class ' || con.conrelid ELSE 'pg_type ' || con.contypid END
           FROM pg_constraint con WHERE con.oid = ${objid})
      WHEN ${regclass('pg_attrdef')} THEN (SELECT 'pg_class ' || f.adrelid FROM pg_attrdef f WHERE f.oid = ${objid})
      WHEN ${regclass('pg_rewrite')} THEN (SELECT 'pg_class ' || w.ev_class FROM pg_rewrite w WHERE w.oid = ${objid})
      WHEN ${regclass('pg_trigger')} THEN (SELECT 'pg_class ' || g.tgrelid FROM pg_trigger g WHERE g.oid = ${objid})
      WHEN ${regclass('pg_policy')} THEN (SELECT 'pg_class ' || p.polrelid FROM pg_policy p WHERE p.oid = ${objid})
      WHEN ${regclass('pg_proc')} THEN 'pg_proc ' || ${objid}
      WHEN ${regclass('pg_namespace')} THEN 'pg_namespace ' || ${objid}
    END`;

/** What initdb made has a lower oid (manual, FirstNormalObjectId in transam.h), and a project leaves it alone. */
const made = (oid: string): string => `${oid} >= 16384`;

const own = (catalog: string, condition: string): Watched => ({
  from: `${catalog} x WHERE ${condition}`,
  thing: [regclass(catalog), 'x.oid'],
  key: 'x.oid',
});
const ofRelation = (catalog: string, oid: string): Watched => ({
  from: `${catalog} x WHERE ${made(`x.${oid}`)}`,
  thing: [regclass('pg_class'), `x.${oid}`],
});

/** By the names that the answer calls them by. */
const watched: Readonly<Record<string, Watched>> = {
  pg_namespace: { ...own('pg_namespace', 'true'), aged: made('x.oid') },
  pg_class: own('pg_class', `${made('x.oid')} AND x.relkind <> 't'`),
  pg_type: own('pg_type', `${made('x.oid')} AND x.typrelid = 0 AND ${notArray('x')}`),
  'other types': {
    from: `pg_type x WHERE ${made('x.oid')} AND (x.typrelid <> 0 OR NOT ${notArray('x')})`,
    thing: [regclass('pg_type'), 'x.oid'],
  },
  pg_proc: own('pg_proc', made('x.oid')),
  pg_constraint: own('pg_constraint', made('x.oid')),
  pg_trigger: own('pg_trigger', 'NOT x.tgisinternal'),
  pg_policy: own('pg_policy', 'true'),
  pg_enum: {
    from: `pg_enum x WHERE ${made('x.enumtypid')}`,
    thing: [regclass('pg_type'), 'x.enumtypid'],
    key: 'x.oid',
  },
  pg_description: {
    from: `pg_description x WHERE ${made('x.objoid')} OR x.objoid = 2200 AND x.classoid = ${regclass('pg_namespace')}`,
    thing: ['x.classoid', 'x.objoid'],
    aged: made('x.objoid'),
    key: `concat_ws(' ', x.classoid, x.objoid, x.objsubid)`,
  },
  pg_inherits: {
    from: `pg_inherits x WHERE true`,
    thing: [regclass('pg_class'), 'x.inhrelid'],
    key: `concat_ws(' ', x.inhrelid, x.inhparent)`,
  },
  // The column of a sequence. Once it is gone, the table that had it is another one as well.
  pg_depend: {
    from: `pg_sequence q
      JOIN pg_depend x ON x.classid = ${regclass('pg_class')} AND x.objid = q.seqrelid AND x.objsubid = 0
                      AND x.refclassid = ${regclass('pg_class')} AND x.refobjsubid > 0 AND x.deptype IN ('a', 'i')
     WHERE true`,
    thing: [regclass('pg_class'), 'x.objid'],
    key: `concat_ws(' ', x.objid, x.refobjid, x.refobjsubid)`,
    whole: `'pg_class ' || x.refobjid`,
  },
  pg_attribute: ofRelation('pg_attribute', 'attrelid'),
  pg_attrdef: ofRelation('pg_attrdef', 'adrelid'),
  pg_index: ofRelation('pg_index', 'indexrelid'),
  pg_sequence: ofRelation('pg_sequence', 'seqrelid'),
  pg_rewrite: ofRelation('pg_rewrite', 'ev_class'),
  pg_foreign_table: ofRelation('pg_foreign_table', 'ftrelid'),
  pg_aggregate: {
    from: `pg_aggregate x WHERE ${made('x.aggfnoid::oid')}`,
    thing: [regclass('pg_proc'), 'x.aggfnoid::oid'],
  },
  pg_range: { from: `pg_range x WHERE ${made('x.rngtypid')}`, thing: [regclass('pg_type'), 'x.rngtypid'] },
};

/** What seldom changes and is printed in many places: when it does, everything is read again. */
const rare: Readonly<Record<string, string>> = {
  pg_extension: 'pg_extension x WHERE true',
  'things of extensions': `pg_depend x WHERE x.refclassid = ${regclass('pg_extension')} AND x.deptype = 'e'`,
  pg_collation: `pg_collation x WHERE ${made('x.oid')}`,
  'comments on collations': `pg_description x WHERE ${made('x.objoid')} AND x.classoid = ${regclass('pg_collation')}`,
  pg_operator: `pg_operator x WHERE ${made('x.oid')}`,
  pg_opclass: `pg_opclass x WHERE ${made('x.oid')}`,
  pg_language: 'pg_language x WHERE true',
  pg_am: `pg_am x WHERE ${made('x.oid')}`,
  pg_ts_config: `pg_ts_config x WHERE ${made('x.oid')}`,
  pg_ts_dict: `pg_ts_dict x WHERE ${made('x.oid')}`,
  pg_foreign_server: 'pg_foreign_server x WHERE true',
};
export const rareNames: ReadonlySet<string> = new Set(Object.keys(rare));

/** Young is what a later transaction has written than $1; all is, where $1 is null. Ages survive the wraparound of xid. */
const young = (row: string): string => `($1::xid IS NULL OR age(${row}.xmin) < age($1::xid))`;

/**
 * $1: the number of a transaction. Of all catalogues that a reading prints from: the young rows; and behind `touched`
 * what they are parts of, with whatever depends on it: a view on a renamed column, a default of a type with a new label
 * (manual 51.18). In a subtransaction, rows have its number.
 */
export function makeChanges(): string {
  const parts = Object.entries(watched).map(
    ([
      name,
      {
        from,
        thing: [classid, objid],
        key,
        whole = wholeOf(classid, objid),
        aged = 'true',
      },
    ]) => `
  "w ${name}" AS MATERIALIZED (
    SELECT ${key === undefined ? 'NULL::bigint' : 'count(*)'} AS total,
           ${key === undefined ? 'NULL::json' : `json_agg(json_build_array((${key})::text, ${whole})) FILTER (WHERE ${young('x')})`} AS rows,
           array_agg((${classid})::oid) FILTER (WHERE ${young('x')}) AS classids,
           array_agg(${objid}) FILTER (WHERE ${young('x')}) AS objids,
           min(age(x.xmin)) FILTER (WHERE ${young('x')} AND ${aged}) AS age
      FROM ${from}${key === undefined ? ` AND ${young('x')}` : ''}
  )`,
  );
  const names = Object.keys(watched);
  return `WITH RECURSIVE ${parts.join(',')},
  changed AS (${names
    .map(
      (name) => `
    SELECT unnest(w.classids) AS classid, unnest(w.objids) AS objid FROM "w ${name}" w WHERE $1 IS NOT NULL`,
    )
    .join(' UNION ALL ')}
  ),
  reached AS (
    SELECT classid, objid FROM changed
    UNION
    SELECT d.classid, d.objid
      FROM reached r
      JOIN pg_depend d ON d.refclassid = r.classid AND d.refobjid = r.objid
     WHERE r.classid <> ${regclass('pg_namespace')}
  )
  ${names
    .map(
      (name) => `
  SELECT '${name}' AS name, w.total, w.rows::text AS rows, w.age, age('3'::xid) + 3 AS now FROM "w ${name}" w`,
    )
    .join(' UNION ALL ')}
  UNION ALL ${Object.entries(rare)
    .map(
      ([name, from]) => `
  SELECT '${name}', count(*), NULL, min(age(x.xmin)) FILTER (WHERE ${young('x')}), age('3'::xid) + 3 FROM ${from}`,
    )
    .join(' UNION ALL ')}
  UNION ALL
  SELECT 'roles', hashtextextended(string_agg(concat_ws(' ', r.oid, r.rolname), ',' ORDER BY r.oid), 0), NULL, NULL, 0
    FROM pg_roles r
  UNION ALL
  SELECT 'touched', NULL, json_agg(DISTINCT t.whole)::text, NULL, 0
    FROM (SELECT ${wholeOf('r.classid', 'r.objid')} AS whole FROM reached r
          UNION ALL
          SELECT 'pg_class ' || d.refobjid
            FROM reached r
            JOIN pg_sequence q ON r.classid = ${regclass('pg_class')} AND q.seqrelid = r.objid
            JOIN pg_depend d ON d.classid = ${regclass('pg_class')} AND d.objid = q.seqrelid AND d.refobjsubid > 0
                            AND d.refclassid = ${regclass('pg_class')} AND d.deptype IN ('a', 'i')) t
   WHERE t.whole IS NOT NULL`;
}
