// Codes of sources: models that cannot be found, loaded or read.
import { defineCode } from '../code.ts';

export interface NotLoaded {
  readonly file: string;
  /** `./missing.js`, when an import is what failed. */
  readonly missing: string | null;
  /** `src/db/schema.ts:3`: the import, or the line that threw. */
  readonly at: string | null;
  readonly message: string;
}

export function sourceCodes() {
  return {
    'models-not-found': defineCode<{ source: string; pattern: string; root: string }>({
      severity: 'error',
      exit: 2,
      title: 'No file matches the path of the models.',
      explain:
        'Paths and patterns of model files are relative to the project root (the folder of the configuration file, or the current one). A folder means the files in it, not those of its sub-folders: for these write `**`.',
      what: ({ pattern, root }) => `no file matches ${pattern} in ${root}`,
      because: ({ source }) => `without the ${source} models there is nothing to compare with`,
      do: () =>
        "name the files from the project root: a file (src/db/schema.ts), a folder (src/db/schema) or a quoted pattern ('src/**/schema.ts')",
    }),
    'models-not-loaded': defineCode<NotLoaded>({
      severity: 'error',
      exit: 2,
      title: 'A file with models could not be loaded.',
      explain:
        'The models are loaded as the app loads them: TypeScript, path aliases of the nearest tsconfig.json, and whatever they import. When one import is missing or one module throws, nothing is read at all: a table that was not loaded would look like a table that nobody declares.',
      what: ({ file, missing, at, message }) =>
        missing === null
          ? `${file} cannot be loaded: ${message}${at === null ? '' : ` (${at})`}`
          : `${file} cannot be loaded: ${at ?? file} imports "${missing}", which is not found`,
      because: () => 'half the models would make the other half look forgotten',
      do: ({ missing, at, file }) => {
        if (missing === null)
          return `make ${at ?? file} run on its own: set what it reads from the environment (or name a file of variables: --dotenv .env), or move the tables to a module that reads nothing`;
        if (/^(\.|\/|node:)/.test(missing)) return `correct the path in ${at ?? file}, or add the file`;
        const alias = `add it to compilerOptions.paths of the tsconfig.json nearest to ${file}`;
        if (/^[@~#]?\/|^#/.test(missing)) return `if "${missing}" is a path alias, ${alias}`;
        return `npm install ${packageOf(missing)}     or, if it is a path alias, ${alias}`;
      },
    }),
    'models-empty': defineCode<{
      source: string;
      where: string;
      exports: readonly string[];
      foreign: readonly string[];
    }>({
      severity: 'error',
      exit: 2,
      title: 'The models declare no table.',
      explain:
        'The module was loaded, but nothing it exports is a PostgreSQL table of this ORM. Only what a module exports by name is read, as the ORM itself does; tables of another dialect do not count.',
      what: ({ source, where, exports, foreign }) =>
        `${where} exports no ${source} table of PostgreSQL (${
          foreign.length > 0
            ? `${foreign.join(', ')}: of another dialect`
            : exports.length > 0
              ? `only ${exports.slice(0, 8).join(', ')}${exports.length > 8 ? ', …' : ''}`
              : 'it exports nothing'
        })`,
      because: () => 'a comparison with no tables would find that all is well',
      do: () => 'name the module that exports the tables: import * as schema, or the path of its file',
    }),
    'models-clash': defineCode<{ what: string; first: string; second: string }>({
      severity: 'error',
      exit: 2,
      title: 'Two models declare the same thing differently.',
      explain:
        'One address of the database (a table, a column, a key) is declared twice, and not alike. Which one the code means cannot be known. PostgreSQL keeps 63 bytes of a name: two long names may be one.',
      what: ({ what, first, second }) => `${what} is declared twice: ${first} and ${second}`,
      because: () => 'the database can hold only one of them',
      do: () => 'keep one declaration, or point to the models of one release only',
    }),
    'models-unreadable': defineCode<{ part: string; message: string; at: string }>({
      severity: 'error',
      exit: 2,
      title: 'A part of a model throws when it is read.',
      explain:
        'References, expressions and defaults are functions of the models. One of them threw: often two files import each other, so that the referenced table did not exist yet, or an expression holds a value that has no place in DDL (a placeholder).',
      what: ({ part, message, at }) => `${part} in ${at} cannot be read: ${message}`,
      because: () => 'a model that is read in half cannot be compared',
      do: ({ part }) => `correct the declaration of ${part}: \`npx shipshape check\` reads it again`,
    }),
    'orm-not-found': defineCode<{ orm: string; from: string; supported: string }>({
      severity: 'error',
      exit: 2,
      title: 'The ORM that the models are written for is not installed.',
      explain:
        'The models are read with the ORM of the app, found from where the models lie. Shipshape does not bring one.',
      what: ({ orm, from }) => `${orm} is not found from ${from}`,
      because: ({ orm }) => `the models are objects of ${orm}, and only it can read them`,
      do: ({ orm, supported }) => `npm install "${orm}@${supported}"`,
    }),
    'orm-not-supported': defineCode<{ orm: string; version: string; supported: string }>({
      severity: 'error',
      exit: 2,
      title: 'This version of the ORM is not one that Shipshape reads.',
      explain:
        'What an ORM keeps about its models changes between versions. A version that was never tested is refused, since a wrong reading would be worse than none.',
      what: ({ orm, version, supported }) => `${orm} ${version} is installed; versions ${supported} are read`,
      because: () => 'another version may keep its models in another form',
      do: ({ orm, supported }) => `npm install "${orm}@${supported}"`,
    }),
    'view-column-not-given': defineCode<{
      view: string;
      column: string;
      aspect: string;
      declared: string | null;
      found: string | null;
      because: string | null;
      sqlstate: string | null;
    }>({
      severity: 'error',
      exit: 1,
      title: 'A view is declared with a column that its query does not give.',
      explain:
        'Models can name the columns of a view and give its query as SQL. PostgreSQL takes the columns from the query alone, so the code would read what is not there, or values of another type. The view is made on a scratch server and looked at.',
      what: ({ view, column, aspect, declared, found }) =>
        aspect === 'existence'
          ? `the query of ${view} does not give the column ${column}${found === null ? '' : ` (it gives ${found})`}`
          : `the query of ${view} gives ${column} as ${found}, declared ${declared}`,
      because: ({ view, aspect, because, sqlstate }) =>
        aspect === 'existence'
          ? `a query that loads ${view} selects every declared column; PostgreSQL would answer ${sqlstate ?? '42703'} to each`
          : `${because ?? 'the types differ'}${sqlstate === null ? '' : ` (${sqlstate})`}`,
      do: ({ column, aspect, declared }) =>
        aspect === 'existence'
          ? `select ${column} in the query of the view, or leave it out of the model`
          : `cast ${column} to ${declared} in the query of the view, or declare it as it is`,
    }),
    'schema-sql-syntax': defineCode<{ place: string; message: string }>({
      severity: 'error',
      exit: 2,
      title: 'A file of the schema is no SQL that PostgreSQL understands.',
      explain:
        "Files of a schema are cut into statements by PostgreSQL's own parser. Commands of psql and the rows of COPY are left out; everything else has to be SQL.",
      what: ({ place, message }) => `${place}: ${message}`,
      because: () => 'half a schema would make the other half look forgotten',
      do: ({ place }) => `correct the statement at ${place}`,
    }),
    'schema-sql-psql': defineCode<{ place: string; command: string; because: string }>({
      severity: 'error',
      exit: 2,
      title: 'A file of the schema relies on a command of psql that cannot be followed.',
      explain:
        'Files that psql would include (`\\i`, `\\ir`) are read in their place; commands about what psql shows, and the rows of COPY, are left out. Commands that choose (`\\if`), that run what a query returns (`\\gexec`), or that go on in another database cannot be followed: what would be read is not what psql would make.',
      what: ({ place, command, because }) => `${place}: ${command} cannot be followed: ${because}`,
      because: () => 'half a schema would make the other half look forgotten',
      do: ({ place }) =>
        `write out at ${place} what psql would send, or name a dump of what it makes: pg_dump --schema-only --file schema.sql`,
    }),
    'schema-sql-refused': defineCode<{ place: string; message: string; sqlstate: string }>({
      severity: 'error',
      exit: 2,
      title: 'PostgreSQL refuses a statement of the schema.',
      explain:
        'The files are run on an empty scratch database, and a statement that names what is not there yet is tried again after all others. What is refused in the end names something that no file makes, or something that this server lacks (an extension).',
      what: ({ place, message, sqlstate }) =>
        `${place}: PostgreSQL refuses the statement: ${message} (${sqlstate})`,
      because: () => 'half a schema would make the other half look forgotten',
      do: ({ place }) =>
        `name the file that makes what is missing at ${place} as well, or, for what the embedded server lacks: npx shipshape … --scratch <address of a server that has it>`,
    }),
  } as const;
}

/** `@scope/name` of `@scope/name/deep/path`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
