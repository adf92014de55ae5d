// Folders of programs: which tool they are written for, by what they say themselves.
import type { Folder, ScriptTool } from '../folder.ts';
import type { Listing } from './listing.ts';
import { naturalOrder } from './natural-order.ts';
import { isPlainName } from './plain-sql.ts';

/** The words that only this tool's migrations hold, and the command by which its pages say they are run. */
const tools: readonly { readonly tool: ScriptTool; readonly says: RegExp; readonly command: string }[] = [
  {
    tool: 'TypeORM',
    says: /\bMigrationInterface\b|\bQueryRunner\b/,
    command: 'npx typeorm migration:run -d <data source>',
  },
  { tool: 'MikroORM', says: /@mikro-orm\/migrations/, command: 'npx mikro-orm migration:up' },
  {
    tool: 'Sequelize',
    says: /\bqueryInterface\b|\bQueryInterface\b/,
    command: 'npx sequelize-cli db:migrate',
  },
  {
    tool: 'node-pg-migrate',
    says: /\bMigrationBuilder\b|\bpgm\b|node-pg-migrate/,
    command: 'npx node-pg-migrate up',
  },
  { tool: 'Kysely', says: /\bKysely\b|\bkysely\b/, command: 'npx kysely migrate:latest' },
  { tool: 'Knex', says: /\bknex\b|\bKnex\b/, command: 'npx knex migrate:latest' },
];

const script = /^(?:\d|Migration\d).*\.[cm]?[jt]s$/;

export function isScriptName(name: string): boolean {
  return script.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

/** `migrations` have their ids and checksums; what they do only a run can tell. */
export async function readScriptFolder(listing: Listing): Promise<Folder> {
  const names = listing.files.filter((name) => isScriptName(name) || isPlainName(name)).sort(naturalOrder);
  const texts = await listing.readAll(names);
  const read = names.flatMap((name, at) => {
    const text = texts[at] ?? null;
    return text === null || 'code' in text
      ? []
      : [{ ...text, id: name.replace(/\.(?:[cm]?[jt]s|sql)$/, '') }];
  });
  const known = tools.find(({ says }) => read.some(({ text }) => says.test(text)));
  return {
    path: listing.path,
    format: 'scripts',
    tool: known?.tool ?? ('an unknown tool' satisfies ScriptTool),
    command: known?.command ?? null,
    migrations: read.map(({ id, file, checksum }) => ({ id, file, checksum, sql: '', rule: 'as sent' })),
    orphans: [],
    findings: [],
  };
}
