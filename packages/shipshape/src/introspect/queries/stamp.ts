// Catalogue query: a stamp that any change to what a reading rests on would change.
import { family } from './family.ts';

export interface StampRow {
  readonly rows: number;
  readonly ages: number | null;
}

const needed = `
          SELECT n.xmin FROM our_schema s JOIN pg_namespace n ON n.oid = s.oid
          UNION ALL
          SELECT c.xmin FROM our_relation r JOIN pg_class c ON c.oid = r.oid
          UNION ALL
          SELECT c.xmin FROM our_relation r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class c ON c.oid = i.indexrelid
          UNION ALL
          SELECT a.xmin FROM our_relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
          UNION ALL
          SELECT y.xmin FROM our_schema s JOIN pg_type y ON y.typnamespace = s.oid AND y.typtype <> 'c' AND y.typelem = 0
          UNION ALL
          SELECT l.xmin FROM pg_enum l`;

/** What definitions of views, routines and triggers are printed from, and what expressions may name. */
const printed = `
          UNION ALL
          SELECT w.xmin FROM our_relation r JOIN pg_rewrite w ON w.ev_class = r.oid
          UNION ALL
          SELECT g.xmin FROM our_relation r JOIN pg_trigger g ON g.tgrelid = r.oid
          UNION ALL
          SELECT c.xmin FROM our_schema s JOIN pg_class c ON c.relnamespace = s.oid AND c.relkind IN ('S', 'c')
          UNION ALL
          SELECT a.xmin FROM our_schema s JOIN pg_class c ON c.relnamespace = s.oid AND c.relkind = 'c'
                                          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
          UNION ALL
          SELECT p.xmin FROM our_schema s JOIN pg_proc p ON p.pronamespace = s.oid
          UNION ALL
          SELECT o.xmin FROM our_schema s JOIN pg_operator o ON o.oprnamespace = s.oid
          UNION ALL
          SELECT c.xmin FROM our_schema s JOIN pg_collation c ON c.collnamespace = s.oid
          UNION ALL
          SELECT t.xmin FROM our_schema s JOIN pg_ts_config t ON t.cfgnamespace = s.oid
          UNION ALL
          SELECT t.xmin FROM our_schema s JOIN pg_ts_dict t ON t.dictnamespace = s.oid`;

/**
 * pg_get_expr, pg_get_indexdef and format_type print from the catalogue of this moment, whatever the statement's
 * snapshot. So the rows that their names come from are counted, with the sum of their transactions' ages, before and
 * after everything else is read. A transaction that commits in between leaves rows younger than those they replace:
 * the same count with the same sum means that nothing was changed. Ages are stable within one transaction.
 */
const stampOf = (rows: string) =>
  family<StampRow>('stamp', () => ({
    fields: `'rows', count(*), 'ages', sum(age(v.xmin))`,
    from: `FROM (${rows}) v`,
  }));

export const neededStamp = stampOf(needed);
export const stamp = stampOf(`${needed}${printed}`);
