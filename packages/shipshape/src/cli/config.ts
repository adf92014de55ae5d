// Configuration: one file, every field of it also a flag or a variable.
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import { type FolderFormat, folderFormats } from '../migrate/folder.ts';
import { makeFinding, type Severities, ShipshapeError } from '../report/index.ts';
import { type ConfigFile, configName, readConfigFile } from './config-file.ts';
import type { Flags } from './context.ts';
import { type Models, modelKinds, variableOf } from './model-kinds.ts';

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
  readonly migrationsFormat: FolderFormat | 'auto';
  /** The team's own command that applies the migrations to a throwaway database. */
  readonly replay: ReplayCommand | null;
  /** The role that the application connects as; null where nobody says that it is another than the one that migrates. */
  readonly appRole: string | null;
  /** What another tool's ledger is called here, with or without its schema; null for its usual name. */
  readonly ledger: string | null;
  readonly snapshot: string | null;
  /** A project that has a configuration, or that names a snapshot, is to have one. */
  readonly snapshotExpected: boolean;
  readonly models: Models;
  /** How grave findings are, by address. */
  readonly severities: Severities;
  /** The database of the project's embedded server. */
  readonly embedded: string | null;
  /** A connection string from `--url` or DATABASE_URL. */
  readonly url: string | null;
  /** A server on which throwaway databases may be made, in place of the embedded one. */
  readonly scratch: string | null;
}

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
  const written = file === null ? {} : readConfigFile(file, relative(cwd, file) || file);
  const asked = (flag: string | undefined, variable: string) => flag ?? (env[variable] || undefined);
  const path = (flag: string | undefined, variable: string, inFile: string | undefined) => {
    const here = asked(flag, variable);
    if (here !== undefined) return resolve(cwd, here);
    return inFile === undefined ? null : resolve(root, inFile);
  };
  const migrations = path(flags.migrations, 'SHIPSHAPE_MIGRATIONS', written.migrations);
  const replay = asked(flags.replay, 'SHIPSHAPE_REPLAY') ?? written.replay;
  const replaySeconds = asked(flags.replayTimeout, 'SHIPSHAPE_REPLAY_TIMEOUT');
  const format = asked(flags.migrationsFormat, 'SHIPSHAPE_MIGRATIONS_FORMAT');
  const snapshot = path(flags.snapshot, 'SHIPSHAPE_SNAPSHOT', written.snapshot);
  return {
    root,
    file,
    lookedIn,
    application: asked(flags.application, 'SHIPSHAPE_APPLICATION') ?? written.application ?? basename(root),
    migrations,
    migrationsFormat: format === undefined ? (written.migrationsFormat ?? 'auto') : parseFormat(format),
    replay:
      replay === undefined
        ? null
        : {
            command: replay,
            cwd: root,
            timeoutSeconds: replaySeconds === undefined ? written.replayTimeout : parseLimit(replaySeconds),
          },
    appRole: asked(flags.appRole, 'SHIPSHAPE_APP_ROLE') ?? written.appRole ?? null,
    ledger: asked(flags.ledger, 'SHIPSHAPE_LEDGER') ?? written.ledger ?? null,
    snapshot: snapshot ?? (migrations && join(migrations, 'shipshape.snapshot.json')),
    snapshotExpected: file !== null || snapshot !== null,
    models: readModels(cwd, env, flags) ?? modelsOf(written, root),
    severities: written.severities ?? {},
    embedded: asked(flags.embedded, 'SHIPSHAPE_EMBEDDED') ?? written.database?.embedded ?? null,
    url: asked(flags.url, 'DATABASE_URL') ?? null,
    scratch: asked(flags.scratch, 'SHIPSHAPE_SCRATCH_URL') ?? written.scratch ?? null,
  };
}

/** Models that the command line names are all there are, and so are those of variables: none of the file is added. */
function readModels(cwd: string, env: NodeJS.ProcessEnv, flags: Flags): Models | null {
  const places: readonly ((kind: (typeof modelKinds)[number]) => readonly string[] | undefined)[] = [
    ({ key }) => flags[key],
    ({ flag }) => (env[variableOf(flag)] || undefined)?.split(','),
  ];
  for (const place of places) {
    const named = modelKinds.flatMap((kind) => {
      const paths = place(kind);
      return paths === undefined ? [] : [[kind.key, paths.map((each) => resolve(cwd, each.trim()))] as const];
    });
    if (named.length > 0) return Object.fromEntries(named);
  }
  return null;
}

function modelsOf(written: ConfigFile, root: string): Models {
  return Object.fromEntries(
    modelKinds.flatMap(({ key }) => {
      const paths = written[key];
      return paths === undefined ? [] : [[key, [paths].flat().map((each) => resolve(root, each))]];
    }),
  );
}

function parseFormat(text: string): FolderFormat | 'auto' {
  const known = (['auto', ...folderFormats] as const).find((each) => each === text);
  if (known !== undefined) return known;
  const fault = `"${text}" is no format of migrations: one of auto, ${folderFormats.join(', ')}`;
  throw new ShipshapeError([makeFinding('usage-wrong', { fault, help: '--migrations-format auto' })]);
}

function parseLimit(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1) return seconds;
  const fault = `"${text}" is no limit for the replay: a number of seconds, 1 or more`;
  throw new ShipshapeError([makeFinding('usage-wrong', { fault, help: '--replay-timeout 120' })]);
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
