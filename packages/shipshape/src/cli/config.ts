// Configuration: one file, every field of it also a flag or a variable.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import * as v from 'valibot';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import type { Flags } from './context.ts';

export const configName = 'shipshape.config.json';

/** Trusted: only `readConfig` makes one. All paths are absolute. */
export interface Config {
  /** The folder of the file, or the current one without a file. */
  readonly root: string;
  /** Null when there is none: everything then comes from flags and variables. */
  readonly file: string | null;
  /** Where a file was looked for. */
  readonly lookedIn: readonly string[];
  readonly application: string;
  readonly migrations: string | null;
  readonly snapshot: string | null;
  /** Files, folders or patterns of Drizzle models. */
  readonly drizzle: readonly string[];
  /** The database of the project's embedded server. */
  readonly embedded: string | null;
  /** A connection string from `--url` or DATABASE_URL. */
  readonly url: string | null;
  /** A server on which throwaway databases may be made, in place of the embedded one. */
  readonly scratch: string | null;
}

const text = v.pipe(v.string('a text'), v.minLength(1, 'a text that is not empty'));

const fields = v.strictObject(
  {
    $schema: v.optional(text),
    application: v.optional(text),
    migrations: v.optional(text),
    snapshot: v.optional(text),
    drizzle: v.optional(
      v.union(
        [text, v.pipe(v.array(text), v.minLength(1, 'one path or more'))],
        'a path, or a list of paths',
      ),
    ),
    database: v.optional(v.strictObject({ embedded: text }, '{ "embedded": "<name>" }')),
    scratch: v.optional(text),
  },
  'an object',
);
const schema = v.pipe(
  v.unknown(),
  v.check((content) => !Array.isArray(content), 'an object'),
  fields,
);
type ConfigFile = v.InferOutput<typeof schema>;

/**
 * A flag wins over a variable (`SHIPSHAPE_MIGRATIONS`), a variable over the file. Paths are relative to where they are
 * written: in the file to its folder, elsewhere to the current one. Throws ShipshapeError (exit 2): `config-missing`
 * for a file that was named and is not there, `config-unreadable`, and all faults at once as `config-invalid`.
 */
export function readConfig(cwd: string, env: NodeJS.ProcessEnv, flags: Flags): Config {
  const named = flags.config ?? (env.SHIPSHAPE_CONFIG || undefined);
  const { file, lookedIn } =
    named === undefined ? findFile(cwd) : { file: resolve(cwd, named), lookedIn: [] };
  const root = file === null ? cwd : dirname(file);
  const written = file === null ? {} : readFile(file, relative(cwd, file) || file);
  const asked = (flag: string | undefined, variable: string) => flag ?? (env[variable] || undefined);
  const path = (flag: string | undefined, variable: string, inFile: string | undefined) => {
    const here = asked(flag, variable);
    if (here !== undefined) return resolve(cwd, here);
    return inFile === undefined ? null : resolve(root, inFile);
  };
  const migrations = path(flags.migrations, 'SHIPSHAPE_MIGRATIONS', written.migrations);
  const models = flags.drizzle ?? (env.SHIPSHAPE_DRIZZLE ? env.SHIPSHAPE_DRIZZLE.split(',') : undefined);
  return {
    root,
    file,
    lookedIn,
    application: asked(flags.application, 'SHIPSHAPE_APPLICATION') ?? written.application ?? basename(root),
    migrations,
    snapshot:
      path(flags.snapshot, 'SHIPSHAPE_SNAPSHOT', written.snapshot) ??
      (migrations && join(migrations, 'shipshape.snapshot.json')),
    drizzle:
      models?.map((each) => resolve(cwd, each.trim())) ??
      [written.drizzle ?? []].flat().map((each) => resolve(root, each)),
    embedded: asked(flags.embedded, 'SHIPSHAPE_EMBEDDED') ?? written.database?.embedded ?? null,
    url: asked(flags.url, 'DATABASE_URL') ?? null,
    scratch: asked(flags.scratch, 'SHIPSHAPE_SCRATCH_URL') ?? written.scratch ?? null,
  };
}

/** Upward from the folder to the root of the file system. */
export function findFile(from: string): {
  readonly file: string | null;
  readonly lookedIn: readonly string[];
} {
  const lookedIn: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    lookedIn.push(folder);
    const file = join(folder, configName);
    if (existsSync(file)) return { file, lookedIn };
    if (dirname(folder) === folder) return { file: null, lookedIn };
  }
}

function readFile(file: string, shown: string): ConfigFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem =
      error instanceof SyntaxError ? `it is no JSON: ${error.message}` : (error as Error).message;
    throw new ShipshapeError(
      [
        missing
          ? makeFinding('config-missing', { file: shown })
          : makeFinding('config-unreadable', { file: shown, problem }),
      ],
      { cause: error },
    );
  }
  const parsed = v.safeParse(schema, content);
  if (parsed.success) return parsed.output;
  const [first, ...rest] = parsed.issues.map((issue) => explainIssue(issue, shown));
  throw new ShipshapeError([first as Finding, ...rest]);
}

function explainIssue(issue: v.BaseIssue<unknown>, file: string): Finding {
  const path = v.getDotPath(issue) ?? '';
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  const known = path.startsWith('database.')
    ? ['embedded']
    : Object.keys(fields.entries).filter((key) => key !== '$schema');
  const expected = unknown ? `one of ${known.join(', ')}` : issue.message;
  return makeFinding('config-invalid', { file, path, unknown, expected, found: nameKind(issue.input) });
}

/** What stands there, without its text: a connection string at a wrong place holds a password. */
function nameKind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return 'a text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return value !== null && typeof value === 'object' ? 'an object' : String(value);
}
