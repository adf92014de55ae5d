// The kysely source: the Database interface of a project, by TypeScript's own checker.
import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Source } from '../../catalog/index.ts';
import { type Checker, openChecker } from '../../code/checker.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { declareTables } from './declare.ts';
import { type FoundInterface, findInterface } from './find-interface.ts';
import { isWhole } from './is-whole.ts';
import { type ReadTables, readTables } from './read-tables.ts';
import { type CamelCaseOptions, kyselyVersions, loadSnakeCase } from './snake-case.ts';

export interface KyselyOptions {
  /** `src/db/types.ts#Database`, relative to `root`; without a name the interface `Database` or `DB`. */
  readonly database: string;
  /** That the app uses Kysely's CamelCasePlugin, with its options where it is given any. */
  readonly camelCase?: boolean | CamelCaseOptions;
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/**
 * Types for Kysely 0.27 to 0.29, written by hand or by a generator (kysely-codegen, kanel, prisma-kysely): names of
 * tables and columns, and which may be null. Nothing is run: the types are read by the project's own TypeScript 5 or 6.
 */
export function kysely({ database, camelCase = false, root = process.cwd() }: KyselyOptions): Source {
  return {
    name: 'kysely',
    async declare({ origins }) {
      const { file, name } = parseReference(database);
      const path = resolve(root, file);
      if (!existsSync(path) || !statSync(path).isFile())
        throw new ShipshapeError([
          makeFinding('models-not-found', { source: 'kysely', pattern: file, root }),
        ]);
      const shown = relative(root, path).split(sep).join('/');
      const checker = await openChecker(root, path);
      if (checker === null) throw new ShipshapeError([makeFinding('typescript-missing', { file: shown })]);
      const read = readAll(checker, findInterface(checker, shown, name), shown);
      const nameOf =
        camelCase === false
          ? (given: string) => given
          : await loadSnakeCase(root, shown, camelCase === true ? {} : camelCase);
      const declaration = declareTables(read, nameOf);
      return origins ? declaration : { ...declaration, origin: {} };
    },
  };
}

function parseReference(database: string): { readonly file: string; readonly name: string | null } {
  const at = database.lastIndexOf('#');
  if (at === -1) return { file: database, name: null };
  return { file: database.slice(0, at), name: database.slice(at + 1) || null };
}

/** Throws ShipshapeError (`interface-unresolved`, `orm-not-found`). */
function readAll(checker: Checker, { name, type }: FoundInterface, shown: string): ReadTables {
  // Without Kysely's own types each Generated column would look like one that the database does not fill.
  const missing = checker.missingImports().find(({ specifier }) => specifier === 'kysely');
  if (missing !== undefined)
    throw new ShipshapeError([
      makeFinding('orm-not-found', { orm: 'kysely', from: missing.origin.file, supported: kyselyVersions }),
    ]);
  const found = readTables(checker, type);
  const lost = (type.flags & checker.typescript.TypeFlags.Any) !== 0 || !isWhole(checker, type);
  // What is made of something that is not found may be nameless for that reason.
  const suspect = lost || found.unread.length + found.nameless.length > 0;
  const unresolved = suspect ? checker.unresolved() : [];
  const unread = unresolved.length === 0 ? found.unread : [...found.unread, ...found.nameless];
  if (!lost && unread.length === 0 && found.tables.length > 0) return found;
  const what = lost ? name : unread.map((table) => `${name}["${table}"]`).join(', ') || name;
  const reasons = unresolved.map(({ origin, message }) => `${origin.file}:${origin.line} ${message}`);
  // `Record<string, …>` has any table, and so none.
  if (!lost && unread.length === 0) reasons.push('it lists no tables by name');
  const [first] = unresolved;
  const place = first === undefined ? {} : { origin: first.origin };
  throw new ShipshapeError([makeFinding('interface-unresolved', { what, file: shown, reasons }, place)]);
}
