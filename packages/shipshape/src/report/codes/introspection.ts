// Codes of introspection: the catalogue cannot be read whole, or the server refuses what the code declares.
import { quoteIdentifier } from '../../catalog/index.ts';
import { defineCode } from '../code.ts';

const nothingCompared = 'nothing was compared: this says nothing about the schema';

/** The catalogues that a reading looks at, at its widest. Of pg_subscription everybody may read some columns only. */
const catalogues =
  `pg_aggregate pg_am pg_attrdef pg_attribute pg_cast pg_class pg_collation pg_constraint pg_conversion pg_database
  pg_db_role_setting pg_default_acl pg_depend pg_description pg_enum pg_event_trigger pg_extension
  pg_foreign_data_wrapper pg_foreign_server pg_foreign_table pg_index pg_inherits pg_language pg_namespace pg_opclass
  pg_operator pg_opfamily pg_policy pg_proc pg_publication pg_range pg_rewrite pg_roles pg_seclabel pg_sequence
  pg_statistic_ext pg_transform pg_trigger pg_ts_config pg_ts_dict pg_ts_parser pg_ts_template pg_type
  pg_user_mappings`.split(/\s+/);

export function introspectionCodes() {
  return {
    'catalogue-torn': defineCode<{ database: string; looks: number; said: string | null }>({
      severity: 'error',
      exit: 4,
      title: 'the catalogue changes while it is read',
      explain:
        'PostgreSQL prints types and expressions from the catalogue of the moment, not from the snapshot of the transaction. A table, column, index or type was changed while it was read, each time, so that what was seen may belong to no state the database ever had.',
      what: ({ database, looks }) => `the catalogue of ${database} changed during each of ${looks} readings`,
      because: ({ said }) =>
        said === null
          ? 'somebody is changing tables, columns, indexes or types at this moment'
          : `somebody is changing tables, columns, indexes or types at this moment; the server says: ${said}`,
      do: () =>
        "wait until the change has ended and run the same command again; who it is: SELECT pid, application_name, xact_start, query FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid();",
    }),
    'catalogue-locked': defineCode<{ database: string; seconds: number; holders: readonly string[] }>({
      severity: 'error',
      exit: 4,
      title: 'a table is locked, so that the catalogue cannot be read',
      explain:
        'To print an index, or an expression that names columns, PostgreSQL takes a lock on its table, and waits while somebody else holds ACCESS EXCLUSIVE there: a migration, a VACUUM FULL, a forgotten transaction. The wait is bounded, so that a start never hangs.',
      what: ({ database, seconds }) => `a table of ${database} stayed locked for ${seconds} s`,
      because: ({ holders }) =>
        holders.length === 0
          ? `another session held it and has just let go; ${nothingCompared}`
          : `ACCESS EXCLUSIVE is held by ${holders.join(', ')}; ${nothingCompared}`,
      do: () => 'run the same command again when that session has ended',
    }),
    'catalogue-unreadable': defineCode<{ database: string; user: string; said: string }>({
      severity: 'error',
      exit: 4,
      title: 'the role may not read the catalogue',
      explain:
        'Every role may read the system catalogues unless somebody revoked it (SQLSTATE 42501). Without them nothing can be said about the schema.',
      what: ({ database, user }) => `${user} may not read the catalogue of ${database}`,
      because: ({ said }) => `the server says: ${said}; ${nothingCompared}`,
      do: ({ user }) =>
        `GRANT SELECT ON ${catalogues.map((name) => `pg_catalog.${name}`).join(', ')} TO ${quoteIdentifier(user)}; GRANT SELECT (oid, subdbid) ON pg_catalog.pg_subscription TO ${quoteIdentifier(user)};`,
    }),
    'declared-expression-refused': defineCode<{ name: string; declared: string; said: string }>({
      severity: 'error',
      exit: 1,
      title: 'PostgreSQL refuses what a model declares',
      explain:
        'Types, defaults, checks, predicates and keys of the models are created on a scratch server, so that PostgreSQL itself says what they mean. It refused this one: no migration can build it either.',
      what: ({ name, said }) => `PostgreSQL refuses the declaration of ${name}: ${said}`,
      because: ({ declared }) => `no migration can build what is declared: ${declared}`,
      do: ({ name }) => `correct the declaration of ${name} in the model`,
    }),
    'declared-type-unknown': defineCode<{ name: string; type: string }>({
      severity: 'error',
      exit: 1,
      title: 'the scratch server does not know the type that a model declares',
      explain:
        'The type is not built in, the models declare no enum of this name, and the scratch server offers no extension of this name to create. So the column cannot be compared.',
      what: ({ name, type }) => `${name} is declared ${type}, a type that the scratch server does not know`,
      because: () =>
        'it is not built in, no enum of this name is declared, and no extension of this name can be created there',
      do: () =>
        'export the enum beside the tables, or let SHIPSHAPE_SCRATCH_URL name a PostgreSQL server where CREATE EXTENSION provides the type',
    }),
  } as const;
}
