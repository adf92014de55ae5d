// Catalogue queries: seals, by which a server says in a word of each table what a need would be judged by.
import type { Dialect } from './dialect.ts';
import { plainFamily } from './family.ts';
import { notOfExtension } from './ours.ts';
import { type RelationLetter, rights } from './relations.ts';

/** Sorted as bytes, so that every database puts them in one order. */
const inOrder = (text: string) => `string_agg(${text}, E'\\n' ORDER BY ${text} COLLATE "C")`;
const hash = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

/** `columns`: numbers of them, as text. What a key is besides does not matter to an insert that relies on it. */
const arbiter = ({ nullsNotDistinct }: Dialect, columns: string) =>
  `concat(i.indisprimary, ${nullsNotDistinct}, i.indimmediate, i.indisvalid, i.indisexclusion, i.indnkeyatts, ' ', ${columns}, ' ',
                  pg_get_expr(i.indexprs, i.indrelid), ' ', pg_get_expr(i.indpred, i.indrelid))`;

/**
 * Common tables beside `ours.ts`. An expression without columns is printed for no table at all (manual 9.28.4): naming
 * one would open it.
 */
export const sealedParts = (dialect: Dialect): string => `
  columns_of AS (
    SELECT a.attrelid AS of, count(*) AS number,
           string_agg(concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod), ' ', a.attnotnull,
                             a.attidentity, a.attgenerated, ' ',
                             pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0 ELSE a.attrelid END)),
                      E'\\n' ORDER BY a.attnum) AS told
      FROM our_relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     GROUP BY a.attrelid
  ),
  arbiters_of AS (
    SELECT i.indrelid AS of, ${inOrder(arbiter(dialect, 'i.indkey'))} AS told
      FROM our_relation r
      JOIN pg_index i ON i.indrelid = r.oid AND i.indisunique
     GROUP BY i.indrelid
  )`;

/** The keys of a table where columns were dropped, which a database that was restored from a dump numbers without gaps. */
const renumbered = (dialect: Dialect) => `
         (SELECT ${inOrder('x.told')}
            FROM (SELECT ${arbiter(
              dialect,
              `(SELECT string_agg((SELECT count(*) FROM pg_attribute a
                                    WHERE a.attrelid = i.indrelid AND a.attnum BETWEEN 1 AND k.number
                                      AND NOT a.attisdropped)::text, ' ' ORDER BY k.place)
                  FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place))`,
            )} AS told
                    FROM pg_index i WHERE i.indrelid = r.oid AND i.indisunique) AS x)`;

export interface SealRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationLetter;
  readonly rights: string;
  readonly seal: string;
}

export const seals = plainFamily<SealRow>(
  'seal',
  (dialect) => ({
    columns: {
      a: 'r.schema',
      b: 'r.name',
      c: 'r.kind',
      d: rights,
      e: hash(`concat(CASE r.kind WHEN 'p' THEN 'r' ELSE r.kind END, E'\\n', c.told, E'\\n\\n',
         CASE WHEN c.number = r.relnatts THEN x.told ELSE ${renumbered(dialect)} END)`),
    },
    from: `
    FROM our_relation r
    LEFT JOIN columns_of c ON c.of = r.oid
    LEFT JOIN arbiters_of x ON x.of = r.oid`,
  }),
  ({ a, b, c, d, e }) => ({
    schema: a as string,
    name: b as string,
    kind: c as RelationLetter,
    rights: d as string,
    seal: e as string,
  }),
);

/** One word for all enums and domains: columns say only what they are called. */
export const sealOfTypes = plainFamily<string>(
  'seal of types',
  () => ({
    columns: { a: hash(`coalesce(${inOrder('y.told')}, '')`) },
    from: `
    FROM (SELECT concat(quote_ident(s.name), '.', quote_ident(y.typname), ' ', y.typnotnull, ' ',
                        CASE WHEN y.typtype = 'd' THEN format_type(y.typbasetype, y.typtypmod) END, ' ',
                        pg_get_expr(y.typdefaultbin, 0),
                        (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = y.oid)) AS told
            FROM pg_type y
            JOIN our_schema s ON s.oid = y.typnamespace
           WHERE y.typtype IN ('e', 'd')
             AND ${notOfExtension('pg_type', 'y.oid')}) AS y`,
  }),
  ({ a }) => a as string,
);
