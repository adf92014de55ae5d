// A side of `diff` as it is typed: models, migrations:<folder>, url:<address>, sql:<file,…>, snapshot:<file>.
import { resolve } from 'node:path';
import { displayPath } from '../migrate/place.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import type { SideOrder } from '../prove/side.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { demandMigrations, demandSource } from './demand.ts';
import { modelKinds } from './model-kinds.ts';
import { openDatabase } from './open-database.ts';

export interface ParsedSide {
  readonly order: SideOrder;
  leave(): Promise<void>;
}

const forms = 'models, migrations:<folder>, url:<address>, sql:<file,…> or snapshot:<file>';

/** `migrations`, `url` and `snapshot` alone are those of flags and configuration. Throws ShipshapeError (exit 2). */
export async function parseSide(text: string, config: Config, context: Context): Promise<ParsedSide> {
  const [named, rest] = split(text);
  // Nothing after the colon is no folder, file or address.
  const form = rest === '' ? '' : named;
  const stay = (order: SideOrder): ParsedSide => ({ order, leave: () => Promise.resolve() });
  switch (form) {
    case 'models':
      if (rest !== null) break;
      return stay({ kind: 'models', source: await demandSource(config), label: labelOfModels(config) });
    case 'migrations': {
      const { folder } = rest === null ? demandMigrations(config) : { folder: resolve(context.cwd, rest) };
      const { migrationsFormat: format, replay } = config;
      const label = displayPath(folder);
      return stay({ kind: 'migrations', folder, format, label, replay: replay ?? undefined });
    }
    case 'url': {
      if (rest !== null) return stay({ kind: 'database', target: parseTarget(rest, context.env) });
      const { target, leave } = await openDatabase(config, context);
      return { order: { kind: 'database', target }, leave };
    }
    case 'sql': {
      if (rest === null) break;
      const files = rest.split(',').map((each) => resolve(context.cwd, each.trim()));
      const kind = modelKinds.find(({ key }) => key === 'schemaSql');
      const [source] =
        (await kind?.open(files, { root: config.root, scratchUrl: config.scratch ?? undefined })) ?? [];
      if (source === undefined) break;
      return stay({ kind: 'sql', source, label: files.map(displayPath).join(', ') });
    }
    case 'snapshot': {
      const file = rest === null ? config.snapshot : resolve(context.cwd, rest);
      if (file === null) break;
      return stay({ kind: 'snapshot', file, label: displayPath(file) });
    }
  }
  // An address may hold a password.
  const shown = /:\/\/|password=/i.test(text) ? 'an address' : `"${text}"`;
  throw new ShipshapeError([
    makeFinding('usage-wrong', {
      fault: `${shown} is no side of a diff: ${forms}`,
      help: 'npx shipshape diff models url',
    }),
  ]);
}

/** An address stands for itself. */
function split(text: string): readonly [string, string | null] {
  if (/^postgres(ql)?:\/\//.test(text)) return ['url', text];
  const at = text.indexOf(':');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function labelOfModels({ models }: Config): string {
  return Object.entries(models)
    .map(([key, paths]) => `${key}: ${paths.map(displayPath).join(', ')}`)
    .join('; ');
}
