// Catalogue query: enumerated types with their labels.

export interface EnumRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly labels: readonly string[] | null;
}

export const enums = `
  SELECT 'enum' AS family, json_build_object(
           'oid', y.oid::text,
           'schema', s.name,
           'name', y.typname,
           'labels', (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder)
                        FROM pg_enum l
                       WHERE l.enumtypid = y.oid))::text AS fields
    FROM pg_type y
    JOIN our_schema s ON s.oid = y.typnamespace
   WHERE y.typtype = 'e'
     AND NOT EXISTS (SELECT FROM extension_owned e
                      WHERE e.classid = 'pg_type'::regclass AND e.objid = y.oid)`;
