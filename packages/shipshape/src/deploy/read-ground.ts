// readGround: what applied migrations made and what the database has, where both are known well enough to act upon.
import type { Catalog, MigrationId } from '../catalog/index.ts';
import { schemasOf } from '../catalog/index.ts';
import { findDrift } from '../diagnose/find-drift.ts';
import { appliedIds, appliedPart } from '../diagnose/migrated.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Reading } from '../introspect/reading.ts';
import type { History } from '../migrate/migration.ts';
import type { OpenFolder } from '../migrate/open-folder.ts';
import type { Drifted } from '../plan/repair/drifted.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { staleAgainstMigrations } from '../snapshot/staleness.ts';
import { explainMissing } from './explain-missing.ts';
import { judgeHistory } from './judge-history.ts';

export interface DriftGround {
  readonly snapshot: Snapshot;
  readonly applied: ReadonlySet<MigrationId>;
  readonly pending: readonly MigrationId[];
  readonly made: Catalog;
  readonly live: Reading;
  readonly drifted: readonly Drifted[];
}

/**
 * Throws ShipshapeError where anything is in doubt: exit 3 for a history that disagrees, a database that is ahead, no
 * snapshot or a stale one; exit 4 for what cannot be read.
 */
export async function readGround(
  session: Session,
  folder: OpenFolder,
  kept: SnapshotReading,
): Promise<DriftGround> {
  const { migrations } = folder;
  const history = await folder.book.readHistory(session, migrations, '');
  const pending = history.pending.map(({ id }) => id);
  refuse([...judge(history, folder), ...judgeKept(kept, folder)]);
  const { snapshot } = kept as Extract<SnapshotReading, { kind: 'found' }>;
  const applied = appliedIds(history.applied);
  const made = withHolders(appliedPart(snapshot, applied));
  const live = await readCatalog(session, { ownSchemas: schemasOf(snapshot.catalog) });
  refuse(judgeBlindness(made, live, applied.size));
  const majors = [snapshot.postgres, live.server.major] as const;
  const drifted = findDrift({ migrated: snapshot, made, applied, live: live.catalog, majors });
  return { snapshot, applied, pending, made, live, drifted };
}

function refuse(findings: readonly Finding[]): void {
  const [first, ...rest] = findings;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
}

/** What `migrate` may go on with is no ground to judge a database by. */
function judge(history: History, { migrations, format, path }: OpenFolder): readonly Finding[] {
  const judged = judgeHistory(history, migrations, false);
  const ahead = judged.filter(({ code }) => code === 'database-ahead');
  // An attempt that failed and has left nothing is only pending.
  const wrong = judged.filter(
    ({ verdict, code }) => verdict === 'tampered' && code !== 'failed-attempt-cleared',
  );
  const without = (problem: string, act: string) => [makeFinding('repair-without-ground', { problem, act })];
  return [
    ...wrong.map(refused),
    ...ahead.flatMap(({ what }) => without(what, 'run repair with the release that knows them')),
    ...(wrong.length + ahead.length > 0 || history.applied.length > 0
      ? []
      : without(
          `no migration of ${path} is known to be applied here`,
          'npx shipshape migrate     or, where the database was built otherwise: npx shipshape baseline --help',
        )),
    ...(format === 'scripts' && history.pending.length > 0
      ? without(
          `of the programs in ${path} ${history.pending.map(({ id }) => id).join(', ')} are not applied here, and which of them makes what is not known`,
          'apply them first, then npx shipshape repair',
        )
      : []),
  ];
}

function judgeKept(kept: SnapshotReading, { migrations }: OpenFolder): readonly Finding[] {
  if (kept.kind === 'missing') return [refused(explainMissing(kept.file))];
  const reasons = staleAgainstMigrations(kept.snapshot, migrations);
  return reasons.length === 0 ? [] : [refused(makeFinding('snapshot-stale', { file: kept.file, reasons }))];
}

function refused(finding: Finding): Finding {
  return { ...finding, severity: 'error', exit: 3 };
}

/** A catalogue in which nothing is found is none to be rebuilt from nothing. */
function judgeBlindness(
  { objects }: Catalog,
  { catalog, server }: Reading,
  applied: number,
): readonly Finding[] {
  const tables = (of: Catalog['objects']) => of.filter(({ kind }) => kind === 'table');
  const keys = new Set(tables(catalog.objects).map((each) => keyOf(each)));
  const made = tables(objects);
  if (made.length === 0 || made.some((each) => keys.has(keyOf(each)))) return [];
  const { database } = server;
  const others = keys.size;
  return [
    makeFinding(
      'catalogue-empty',
      { database, tables: made.length, others, applied, command: null },
      { verdict: 'blind' },
    ),
  ];
}

const keyOf = (object: Catalog['objects'][number]): string =>
  'name' in object && 'schema' in object ? JSON.stringify([object.schema, object.name]) : '';

/** Without what hangs on a table or view that no applied migration made. */
function withHolders({ objects }: Catalog): Catalog {
  const holders = new Set(
    objects.filter(({ kind }) => ['table', 'view', 'materialized view'].includes(kind)).map(keyOf),
  );
  const isHeld = (object: Catalog['objects'][number]) =>
    !('table' in object) || holders.has(JSON.stringify([object.schema, object.table]));
  return { objects: objects.filter(isHeld) };
}
