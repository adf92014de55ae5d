// init: a starting configuration, from what can be seen in the folder, and what the roles lack in its database.
import { writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { align } from '../../report/render/wrap.ts';
import { findFile } from '../config.ts';
import { configName } from '../config-file.ts';
import type { Context, Outcome } from '../context.ts';
import { type FoundProject, findProject } from '../find-project.ts';
import { lookForGrants } from '../look-for-grants.ts';
import { renderGrants } from '../render-grants.ts';

/** Never overwrites, and never shadows a file further up. Nothing is written to the database. */
export async function run(context: Context): Promise<Outcome> {
  const { text, json } = await start(context);
  const found = await lookForGrants(context);
  const grants = found === null ? [] : renderGrants(found, context.look);
  return {
    exit: 0,
    text: [text, ...(grants.length === 0 ? [] : ['', ...grants.slice(0, -1)])].join('\n'),
    json: { version: 1, ...json, ...(found === null ? {} : { grants: found.grants }) },
  };
}

interface Started {
  readonly text: string;
  readonly json: object;
}

async function start({ cwd, flags }: Context): Promise<Started> {
  const there = findFile(cwd).file;
  if (there !== null) {
    const file = relative(cwd, there);
    return {
      text: `${file} is there already and was left as it is\n\nnext: npx shipshape check`,
      json: { outcome: 'unchanged', file: there },
    };
  }
  const { models, migrations, folder } = await findProject(cwd);
  const isFound = Object.keys(models).length > 0;
  const replay = folder?.format === 'scripts' ? replayOf(folder, models) : null;
  const config = {
    application: basename(cwd),
    migrations: migrations ?? 'migrations',
    ...(replay === null ? {} : { replay }),
    ...(isFound ? models : { drizzle: 'src/db/schema.ts' }),
    ...(flags.appRole === undefined ? {} : { appRole: flags.appRole }),
  };
  const file = join(cwd, configName);
  // `wx`: two that run at once do not overwrite each other.
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' });
  const { application: _, ...told } = config;
  const remarks: Readonly<Record<string, string>> = {
    ...(migrations === null ? { migrations: '(not there yet)' } : {}),
    ...(folder === null || folder.tool === null ? {} : { migrations: `(${folder.tool})` }),
    ...(replay === null ? {} : { replay: '(a guess: how you apply them to the database of DATABASE_URL)' }),
    ...(isFound ? {} : { drizzle: '(not found: a guess)' }),
  };
  const todo = [
    ...(migrations === null ? ['mkdir -p migrations     the first file is 0001_<what it does>.sql'] : []),
    ...(isFound
      ? []
      : [`correct "drizzle" in ${configName}: the path of your models, or another kind of them`]),
    ...(replay === null ? [] : [`correct "replay" in ${configName}, if that is not how you apply them`]),
    'npx shipshape snapshot     and commit both files',
  ];
  const lines = [
    `wrote ${configName}`,
    '',
    ...align(Object.entries(told).map(([key, value]) => [key, value, remarks[key] ?? ''])).map((line) =>
      `  ${line}`.trimEnd(),
    ),
    '',
    ...todo.map((each, at) => `${at === 0 ? 'next: ' : '      '}${each}`),
  ];
  return { text: lines.join('\n'), json: { outcome: 'written', file, config } };
}

/** The tool's own command, with the data source where it is known. */
function replayOf(
  { command }: NonNullable<FoundProject['folder']>,
  { typeorm }: FoundProject['models'],
): string {
  return (command ?? 'npm run migrate').replace('<data source>', typeorm ?? 'src/data-source.ts');
}
