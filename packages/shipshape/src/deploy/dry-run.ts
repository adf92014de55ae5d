// dryRun: what `migrate` would do, in words; nothing is changed and no lock is taken.
import type { MigrationId } from '../catalog/index.ts';
import { describeIntent } from '../migrate/describe-statement.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import { readHistory } from '../migrate/ledger.ts';
import type { Migration } from '../migrate/migration.ts';
import { displayPath } from '../migrate/place.ts';
import { prepare } from '../migrate/prepare.ts';
import { readOwnFolder } from '../migrate/read-own-folder.ts';
import { connect } from '../postgres/connect.ts';
import type { Target } from '../postgres/target.ts';
import type { ExitCode, Finding } from '../report/index.ts';
import { exitOf, ShipshapeError } from '../report/index.ts';
import { cutAt } from './cut-at.ts';
import { judgeHistory } from './judge-history.ts';

export interface IntendedStatement {
  readonly line: number;
  /** One line a change: `add call_log.recording_mode varchar(32)`. */
  readonly words: readonly string[];
}

export interface IntendedMigration {
  readonly id: MigrationId;
  readonly file: string;
  readonly statements: readonly IntendedStatement[];
}

export interface DryRun {
  readonly pending: readonly IntendedMigration[];
  /** Why `migrate` would refuse. */
  readonly findings: readonly Finding[];
  /** What `migrate` would exit with before it applied anything; 0 when it would begin. */
  readonly exit: ExitCode;
}

/** Throws ShipshapeError for a folder that cannot be used and a database that cannot be reached or read. */
export async function dryRun(options: {
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  /** As in MigrateOptions. */
  readonly to?: string | undefined;
  readonly outOfOrder?: boolean | undefined;
}): Promise<DryRun> {
  const migrations = await readOwnFolder(options.folder, { format: options.format });
  const through = new Set(
    options.to === undefined ? migrations : cutAt(migrations, options.to, options.folder),
  );
  const session = await connect(options.target, { applicationName: 'shipshape:dry-run' });
  try {
    const history = await readHistory(session, migrations);
    const judged = judgeHistory(history, migrations, options.outOfOrder ?? false);
    const { pending, findings } = await intend(
      history.pending.filter((each) => through.has(each)),
      session.serverVersion,
    );
    const refused = exitOf(judged) === 0 ? 0 : 3;
    return { pending, findings: [...judged, ...findings], exit: refused || exitOf(findings) };
  } finally {
    await session.close();
  }
}

async function intend(
  migrations: readonly Migration[],
  serverVersion: string,
): Promise<{ pending: readonly IntendedMigration[]; findings: readonly Finding[] }> {
  if (migrations.length === 0) return { pending: [], findings: [] };
  try {
    const prepared = await prepare(migrations, serverVersion);
    const pending = prepared.map(({ migration, statements }) => ({
      id: migration.id,
      file: displayPath(migration.file),
      statements: statements.map((each) => ({ line: each.line, words: describeIntent(each) })),
    }));
    return { pending, findings: [] };
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return { pending: [], findings: error.findings };
  }
}
