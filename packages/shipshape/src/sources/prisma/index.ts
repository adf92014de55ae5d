// The prisma source: a schema file, or a folder of them, read by Prisma's own engine.
import type { Source } from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { declareSchema } from './declare.ts';
import { openEngine } from './engine.ts';
import { parseSchema } from './parse-schema.ts';
import { datasourceSetting, prepare } from './prepare.ts';
import { readFiles } from './read-files.ts';
import { readScript } from './read-script.ts';
import { explainRefusal } from './refusals.ts';
import type { Block, SchemaFile } from './schema.ts';

export interface PrismaOptions {
  /** `prisma/schema.prisma`, a folder of `*.prisma` files, or several; relative to `root`. */
  readonly schema: string | readonly string[];
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/**
 * Schemas of Prisma 6 and 7. Nothing is connected, downloaded or generated: `@prisma/schema-engine-wasm` prints what the
 * schema builds. Lines come from the schema's own text.
 */
export function prisma({ schema, root = process.cwd() }: PrismaOptions): Source {
  return {
    name: 'prisma',
    async declare({ origins }) {
      const files = readFiles(root, [schema].flat());
      const blocksOf = new Map(files.map((file) => [file, parseSchema(file)]));
      const blocks = [...blocksOf.values()].flat();
      assertPostgres(blocks, files);
      const { files: prepared, probes } = prepare(files, (file) => blocksOf.get(file) ?? []);
      const script = await print(root, prepared);
      const printed = readScript(script);
      if (!printed.some(({ kind }) => kind === 'table')) throw empty(files, blocks);
      const declaration = declareSchema(printed, blocks, probes);
      return origins ? declaration : { ...declaration, origin: {} };
    },
  };
}

async function print(root: string, files: readonly SchemaFile[]): Promise<string> {
  const engine = await openEngine(root);
  try {
    return await engine.printScript(files);
  } catch (error) {
    throw explainRefusal(error) ?? error;
  }
}

function assertPostgres(blocks: readonly Block[], files: readonly SchemaFile[]): void {
  const setting = datasourceSetting(blocks, 'provider');
  const provider = setting?.value.kind === 'text' ? setting.value.text : null;
  // An engine that is told by the environment is none that Prisma itself would take: it says so.
  if (provider === 'postgresql' || provider === 'postgres' || (setting !== null && provider === null)) return;
  const place = setting === null ? shown(files) : `${setting.origin.file}:${setting.origin.line}`;
  const origin = setting === null ? {} : { origin: setting.origin };
  throw new ShipshapeError([makeFinding('prisma-datasource', { place, provider }, origin)]);
}

function empty(files: readonly SchemaFile[], blocks: readonly Block[]): ShipshapeError {
  const exports = blocks.map(({ keyword, name }) => `${keyword} ${name}`);
  return new ShipshapeError([
    makeFinding('models-empty', { source: 'prisma', where: shown(files), exports, foreign: [] }),
  ]);
}

function shown(files: readonly SchemaFile[]): string {
  return files.map(({ file }) => file).join(', ');
}
