// shipshape.config.json: what may stand in it, and what is said of its faults.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { kinds } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import { folderFormats } from '../migrate/folder.ts';
import { codes, type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { type ModelKey, modelKinds } from './model-kinds.ts';

export const configName = 'shipshape.config.json';

const text = v.pipe(v.string('a text'), v.minLength(1, 'a text that is not empty'));
const paths = v.optional(
  v.union([text, v.pipe(v.array(text), v.minLength(1, 'one path or more'))], 'a path, or a list of paths'),
);
const models = Object.fromEntries(modelKinds.map(({ key }) => [key, paths])) as Readonly<
  Record<ModelKey, typeof paths>
>;

const gravity = v.picklist(['error', 'warning', 'note', 'ignore'], 'error, warning, note or ignore');
const aspects: ReadonlySet<string> = new Set([
  ...kinds.flatMap((kind) => aspectsOf(kind).map((aspect) => aspect.name)),
  'existence',
  'privilege',
  'place',
]);
/** What a finding can be about, as `--json` names it. */
const about = v.pipe(
  v.string(),
  v.check(
    (name) => aspects.has(name) || Object.hasOwn(codes(), name),
    'an aspect (type, default, nullability, existence …) or a code',
  ),
);
const severities = v.optional(
  v.record(
    v.pipe(v.string(), v.minLength(1, 'the name of a table or a column, with * for any letters')),
    v.union(
      [gravity, v.record(about, gravity)],
      'error, warning, note or ignore, or these by aspect or code',
    ),
  ),
);

const fields = v.strictObject(
  {
    $schema: v.optional(text),
    application: v.optional(text),
    migrations: v.optional(text),
    migrationsFormat: v.optional(
      v.picklist(['auto', ...folderFormats], `one of auto, ${folderFormats.join(', ')}`),
    ),
    replay: v.optional(text),
    replayTimeout: v.optional(
      v.pipe(v.number('a number of seconds'), v.minValue(1, 'a number of seconds, 1 or more')),
    ),
    appRole: v.optional(text),
    ledger: v.optional(text),
    snapshot: v.optional(text),
    ...models,
    database: v.optional(v.strictObject({ embedded: text }, '{ "embedded": "<name>" }')),
    scratch: v.optional(text),
    severities,
  },
  'an object',
);
const schema = v.pipe(
  v.unknown(),
  v.check((content) => !Array.isArray(content), 'an object'),
  fields,
);
export type ConfigFile = v.InferOutput<typeof schema>;

/** `shown`: what the file is called in findings. Throws ShipshapeError `config-missing`, `config-unreadable`, `config-invalid`. */
export function readConfigFile(file: string, shown: string): ConfigFile {
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
