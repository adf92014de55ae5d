// Folder: a folder of migrations as the tool that owns it reads it.
import type { Finding } from '../report/index.ts';
import type { Migration } from './migration.ts';

export const folderFormats = [
  'shipshape',
  'prisma',
  'drizzle',
  'dbmate',
  'goose',
  'sql-migrate',
  'node-pg-migrate',
  'sql',
] as const;

/** Whose form of files and order a folder has. `sql` is plain files with a number or a time at the front. */
export type FolderFormat = (typeof folderFormats)[number];

/** Folders of programs, which only the team's own tool can run. */
export type ScriptTool =
  | 'Knex'
  | 'TypeORM'
  | 'MikroORM'
  | 'Sequelize'
  | 'node-pg-migrate'
  | 'Kysely'
  | 'an unknown tool';

/** An SQL file that lies in the folder and that the tool does not run. */
export interface Orphan extends Migration {
  /** How to make the tool run it. */
  readonly adopt: string;
}

export interface Folder {
  /** Absolute path, or as it was given. */
  readonly path: string;
  /** `scripts`: programs; `sql` of their migrations is empty. */
  readonly format: FolderFormat | 'scripts';
  /** As people call it: `Prisma`, `Drizzle`; null for ours and for files that any tool may run. */
  readonly tool: string | null;
  /** The tool's own command that applies the folder; null where it is not known. */
  readonly command: string | null;
  /** In the order in which the tool runs them on an empty database. */
  readonly migrations: readonly Migration[];
  readonly orphans: readonly Orphan[];
  /** What is wrong with the history although it can be read. */
  readonly findings: readonly Finding[];
}
