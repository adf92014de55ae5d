// prepare: the schema as it is handed to the engine: with the database's part only, and with its views made visible.
import { type Block, type Field, namedSchema, namesOf, type SchemaFile } from './schema.ts';

/** A view as the model that the engine is asked about instead. Columns are numbered: `c0`, `c1`. */
export interface Probe {
  readonly view: Block;
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Prepared {
  readonly files: readonly SchemaFile[];
  readonly probes: readonly Probe[];
}

/** The name of the file that is no file of the user's. */
export const ownFile = 'shipshape.prisma';

/**
 * Lines keep their numbers. Generators say nothing about the database, and name features that come and go with Prisma's
 * versions: those that change what a schema may say are all switched on. Connection strings are a matter of the
 * environment, and Prisma 7 refuses them in the schema where Prisma 6 demands them.
 */
export function prepare(
  files: readonly SchemaFile[],
  blocksOf: (file: SchemaFile) => readonly Block[],
): Prepared {
  const blocks = files.flatMap(blocksOf);
  const probes = makeProbes(blocks);
  const own = [
    'generator shipshape {',
    '  provider = "none"',
    '  previewFeatures = ["views", "partialIndexes", "postgresqlExtensions"]',
    '}',
    ...probes.map(renderProbe),
  ].join('\n');
  return {
    files: [...files.map((file) => withoutClient(file, blocksOf(file))), { file: ownFile, text: own }],
    probes,
  };
}

const connectionSettings = ['url', 'directUrl', 'shadowDatabaseUrl'];

function withoutClient({ file, text }: SchemaFile, blocks: readonly Block[]): SchemaFile {
  let left = text;
  for (const { keyword, settings, start, end } of blocks) {
    if (keyword === 'generator') left = blank(left, start, end);
    if (keyword !== 'datasource') continue;
    for (const setting of settings)
      if (connectionSettings.includes(setting.name)) left = blank(left, setting.start, setting.end);
  }
  return { file, text: left };
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}

function makeProbes(blocks: readonly Block[]): readonly Probe[] {
  const relations = new Set(
    blocks.flatMap(({ keyword, name }) => (keyword === 'model' || keyword === 'view' ? [name] : [])),
  );
  return blocks
    .filter(({ keyword }) => keyword === 'view')
    .map((view, at) => ({
      view,
      name: `ShipshapeView${at}`,
      fields: view.fields.filter(({ type }) => !relations.has(type)),
    }));
}

/** `@@ignore` frees a model from having a key. */
function renderProbe({ view, name, fields }: Probe): string {
  const lines = fields.map(({ type, arity, attributes }, at) => {
    const native = attributes.filter((each) => each.name.includes('.')).map(({ text }) => text);
    return [`  c${at}`, `${type}${arity === 'list' ? '[]' : '?'}`, ...native].join(' ');
  });
  const schema = namedSchema(view);
  const placed = schema === null ? [] : [`  @@schema(${JSON.stringify(schema)})`];
  return [`model ${name} {`, ...lines, ...placed, '  @@ignore', '}'].join('\n');
}

/** Whether the generators switch a feature on, as the user's own Prisma would take it. */
export function hasFeature(blocks: readonly Block[], feature: string): boolean {
  return blocks
    .filter(({ keyword }) => keyword === 'generator')
    .flatMap(({ settings }) => settings)
    .some((setting) => setting.name === 'previewFeatures' && namesOf(setting.value).includes(feature));
}

/** What the datasource says by this name. */
export function datasourceSetting(blocks: readonly Block[], name: string) {
  return (
    blocks
      .filter(({ keyword }) => keyword === 'datasource')
      .flatMap(({ settings }) => settings)
      .find((setting) => setting.name === name) ?? null
  );
}
