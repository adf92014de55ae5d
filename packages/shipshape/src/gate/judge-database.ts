// judgeDatabase: the need of the code held against a live database, with the causes that snapshot and ledger tell.
import { relative } from 'node:path';
import type { Declaration, LedgerEntry } from '../catalog/index.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { diagnoseDrift } from '../diagnose/drift.ts';
import { diagnoseTampering } from '../diagnose/tampering.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import { readHistory } from '../migrate/ledger.ts';
import type { Migration } from '../migrate/migration.ts';
import { judge } from '../need/judge.ts';
import { makeNeed } from '../need/make-need.ts';
import type { Session } from '../postgres/session.ts';
import { byOrigin, type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { verdictOf } from '../report/render/verdict.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { staleAgainstMigrations, staleAgainstNeed } from '../snapshot/staleness.ts';
import { joinSnapshot } from './join-snapshot.ts';
import type { Judgement } from './judgement.ts';

export interface JudgeOptions {
  readonly session: Session;
  readonly declaration: Declaration;
  readonly snapshot: SnapshotReading;
  /** The migration files, where they are at hand: then the database is read whole, and drift that no code needs is told. */
  readonly files?: readonly Migration[];
}

export async function judgeDatabase(
  options: JudgeOptions,
): Promise<Omit<Judgement, 'target' | 'milliseconds'>> {
  const { session, declaration, snapshot, files } = options;
  const kept = snapshot.kind === 'found' ? snapshot.snapshot : null;
  const fresh = makeNeed(declaration);
  const need = kept === null ? fresh : joinSnapshot(fresh, kept.need);
  const ownSchemas = [...new Set(need.tables.map((table) => table.schema))];
  const tableNames = need.tables.map((table) => table.name);
  const reading = await readCatalog(
    session,
    files === undefined ? { tableNames, ownSchemas } : { ownSchemas },
  );
  const { ledger, problem } = await readLedger(session);

  const { database, user, searchPath } = reading.server;
  const live = { catalog: reading.catalog, access: reading.access, searchPath, database, user };
  const { shortfalls, coverage } = judge(need, live);
  const applied = new Set(ledger?.map((entry) => entry.id));
  const filesPending = files?.filter((file) => !applied.has(file.id)).map((file) => file.id) ?? [];
  const { findings } = diagnose({
    need,
    live,
    shortfalls,
    migrated: kept,
    ledger,
    ledgerHidden: problem.length > 0,
    filesPending,
  });
  const history = diagnoseTampering(ledger, files ?? kept?.migrations ?? []).map((each) =>
    // Who starts a release cannot mend history, and the code may have all it needs: told, and left to `verify`.
    files === undefined && each.severity === 'error' ? { ...each, severity: 'warning' as const } : each,
  );
  const told = [
    ...findings.toSorted(byOrigin),
    ...history,
    ...problem,
    ...judgeSnapshot(snapshot, fresh, files),
  ];
  const drift =
    files === undefined || kept === null
      ? []
      : diagnoseDrift({ migrated: kept, ledger, live: reading.catalog, searchPath, told });
  return { verdict: verdictOf(told), findings: [...told, ...drift], coverage };
}

/** What the role may not read is told, and does not hide what is wrong with the tables. */
async function readLedger(
  session: Session,
): Promise<{ ledger: readonly LedgerEntry[] | null; problem: readonly Finding[] }> {
  try {
    const { applied, ledgerFound } = await readHistory(session, []);
    return { ledger: ledgerFound ? applied : null, problem: [] };
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return {
      ledger: null,
      problem: error.findings.map((each) => ({ ...each, severity: 'warning' as const })),
    };
  }
}

function judgeSnapshot(
  snapshot: SnapshotReading,
  need: ReturnType<typeof makeNeed>,
  files: readonly Migration[] | undefined,
): readonly Finding[] {
  const file = relative(process.cwd(), snapshot.file) || snapshot.file;
  if (snapshot.kind === 'missing') {
    const lost =
      'names, types, nullability and keys were judged; which migration makes a thing, the line that declares it and its default were not';
    return [makeFinding('snapshot-missing', { file, lost })];
  }
  const reasons = [
    ...(files === undefined ? [] : staleAgainstMigrations(snapshot.snapshot, files)),
    ...staleAgainstNeed(snapshot.snapshot, need),
  ];
  return reasons.length === 0 ? [] : [makeFinding('snapshot-stale', { file, reasons })];
}
