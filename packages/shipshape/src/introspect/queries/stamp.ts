// Catalogue query: a stamp that any change to what a reading rests on would change.

export interface StampRow {
  readonly rows: number;
  readonly ages: number | null;
}

/**
 * pg_get_expr, pg_get_indexdef and format_type print from the catalogue of this moment, whatever the statement's
 * snapshot. So the rows that their names come from are counted, with the sum of their transactions' ages, before and
 * after everything else is read. A transaction that commits in between leaves rows younger than those they replace:
 * the same count with the same sum means that nothing was changed. Ages are stable within one transaction.
 */
export const stamp = `
  SELECT 'stamp' AS family, json_build_object('rows', count(*), 'ages', sum(age(v.xmin)))::text AS fields
    FROM (SELECT n.xmin FROM our_schema s JOIN pg_namespace n ON n.oid = s.oid
          UNION ALL
          SELECT c.xmin FROM our_relation t JOIN pg_class c ON c.oid = t.oid
          UNION ALL
          SELECT c.xmin FROM our_relation t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
          UNION ALL
          SELECT a.xmin FROM our_relation t JOIN pg_attribute a ON a.attrelid = t.oid
          UNION ALL
          SELECT r.xmin FROM our_relation t JOIN pg_rewrite r ON r.ev_class = t.oid
          UNION ALL
          SELECT g.xmin FROM our_relation t JOIN pg_trigger g ON g.tgrelid = t.oid
          UNION ALL
          SELECT y.xmin FROM our_schema s JOIN pg_type y ON y.typnamespace = s.oid AND y.typtype <> 'c' AND y.typelem = 0
          UNION ALL
          SELECT p.xmin FROM our_schema s JOIN pg_proc p ON p.pronamespace = s.oid
          UNION ALL
          SELECT l.xmin FROM pg_enum l) v`;
