// Catalogue query: what else there is in the database, as numbers.
import type { Dialect } from './dialect.ts';
import { type Family, family } from './family.ts';
import { notOfExtension } from './ours.ts';

export interface UncomparedRow {
  readonly what: string;
  readonly count: number;
}

/** Things of a catalogue in our schemas. */
const inSchemas = (catalog: string, schema: string, condition = 'true') =>
  `FROM ${catalog} x JOIN our_schema s ON s.oid = x.${schema}
    WHERE ${notOfExtension(catalog, 'x.oid')} AND ${condition}`;
/** Things of a catalogue that belong to the database as a whole; what initdb made has a low oid. */
const inDatabase = (catalog: string, condition = 'true') =>
  `FROM ${catalog} x WHERE x.oid >= 16384 AND ${notOfExtension(catalog, 'x.oid')} AND ${condition}`;
const ofRelations = (condition: string) =>
  `FROM our_relation r JOIN pg_class x ON x.oid = r.oid WHERE ${condition}`;
const ofColumns = (condition: string) => `
     FROM our_relation r
     JOIN pg_attribute x ON x.attrelid = r.oid AND x.attnum > 0 AND NOT x.attisdropped
     JOIN pg_type y ON y.oid = x.atttypid
    WHERE r.kind IN ('r', 'p', 'f', 'm') AND (${condition})`;

const counted = ({ namesNotNulls }: Dialect): Readonly<Record<string, string>> => ({
  publications: inDatabase('pg_publication'),
  subscriptions:
    'FROM pg_subscription x JOIN pg_database d ON d.oid = x.subdbid WHERE d.datname = current_database()',
  'statistics objects': inSchemas('pg_statistic_ext', 'stxnamespace'),
  rules: `FROM our_relation r JOIN pg_rewrite x ON x.ev_class = r.oid WHERE x.rulename <> '_RETURN'`,
  'event triggers': inDatabase('pg_event_trigger'),
  'storage parameters': `
     FROM our_schema s JOIN pg_class x ON x.relnamespace = s.oid
     LEFT JOIN pg_class t ON t.oid = x.reltoastrelid
    WHERE x.relkind <> 'v' AND (x.reloptions IS NOT NULL OR t.reloptions IS NOT NULL)`,
  'column storage settings': ofColumns(
    `x.attstorage <> y.typstorage OR x.attcompression <> '' OR COALESCE(x.attstattarget, -1) <> -1 OR x.attoptions IS NOT NULL`,
  ),
  tablespaces: inSchemas('pg_class', 'relnamespace', 'x.reltablespace <> 0'),
  'table access methods': `
     FROM our_relation r JOIN pg_class x ON x.oid = r.oid JOIN pg_am m ON m.oid = x.relam WHERE m.amname <> 'heap'`,
  'replica identities': ofRelations(`x.relkind IN ('r', 'p') AND x.relreplident <> 'd'`),
  'clustering indexes': 'FROM our_relation r JOIN pg_index x ON x.indrelid = r.oid WHERE x.indisclustered',
  'tables of a type': ofRelations('x.reloftype <> 0'),
  'defaults of views': `FROM our_relation r JOIN pg_attrdef x ON x.adrelid = r.oid WHERE r.kind = 'v'`,
  'base types': inSchemas(
    'pg_type',
    'typnamespace',
    `(x.typtype = 'b' AND x.typelem = 0 OR x.typtype = 'p')`,
  ),
  casts: inDatabase('pg_cast'),
  operators: inSchemas('pg_operator', 'oprnamespace'),
  'operator classes': inSchemas('pg_opclass', 'opcnamespace'),
  'operator class parameters': `
     FROM our_relation r
     JOIN pg_index i ON i.indrelid = r.oid
     JOIN pg_attribute x ON x.attrelid = i.indexrelid
    WHERE x.attoptions IS NOT NULL`,
  'operator families': inSchemas('pg_opfamily', 'opfnamespace'),
  conversions: inSchemas('pg_conversion', 'connamespace'),
  'text search configurations': inSchemas('pg_ts_config', 'cfgnamespace'),
  'text search dictionaries': inSchemas('pg_ts_dict', 'dictnamespace'),
  'text search parsers': inSchemas('pg_ts_parser', 'prsnamespace'),
  'text search templates': inSchemas('pg_ts_template', 'tmplnamespace'),
  'foreign-data wrappers': inDatabase('pg_foreign_data_wrapper'),
  'foreign servers': inDatabase('pg_foreign_server'),
  'user mappings': 'FROM pg_user_mappings x',
  'foreign table options': `
     FROM our_relation r JOIN pg_foreign_table x ON x.ftrelid = r.oid
    WHERE x.ftoptions IS NOT NULL
       OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attfdwoptions IS NOT NULL)`,
  'default privileges': 'FROM pg_default_acl x',
  'security labels': `
     FROM pg_seclabel x
    WHERE NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = x.classoid AND e.objid = x.objoid)`,
  'procedural languages': inDatabase('pg_language'),
  transforms: inDatabase('pg_transform'),
  'access methods': inDatabase('pg_am'),
  'settings of the database':
    'FROM pg_db_role_setting x JOIN pg_database d ON d.oid = x.setdatabase WHERE d.datname = current_database()',
  'comments on other things': `
     FROM pg_description x
    WHERE x.objoid >= 16384
      AND x.classoid NOT IN ('pg_namespace'::regclass, 'pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass,
                             'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass,
                             'pg_collation'::regclass, 'pg_extension'::regclass)
      AND NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = x.classoid AND e.objid = x.objoid)`,
  ...(namesNotNulls
    ? {
        'not-null constraints that are not valid or not inherited': `
     FROM our_relation r JOIN pg_constraint x ON x.conrelid = r.oid
    WHERE x.contype = 'n' AND (x.connoinherit OR NOT x.convalidated)`,
      }
    : {}),
});

export const uncompared: Family<UncomparedRow> = family('uncompared', (dialect) => ({
  fields: `'what', u.what, 'count', u.count`,
  from: `
    FROM (${Object.entries(counted(dialect))
      .map(([what, from]) => `SELECT '${what}' AS what, count(*) AS count ${from}`)
      .join('\n          UNION ALL\n          ')}) u
   WHERE u.count > 0`,
}));
