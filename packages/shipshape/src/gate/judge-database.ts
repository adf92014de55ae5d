// judgeDatabase: the need of the code held against a live database, with the causes that snapshot and ledger tell.
import type { Declaration, LedgerEntry } from '../catalog/index.ts';
import type { Without } from '../diagnose/scene.ts';
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { NeededReading } from '../introspect/reading.ts';
import type { Folder } from '../migrate/folder.ts';
import { readHistory } from '../migrate/ledger.ts';
import type { Session } from '../postgres/session.ts';
import {
  adjustSeverities,
  type Finding,
  type NotCompared,
  type Severities,
  ShipshapeError,
  withoutComparing,
} from '../report/index.ts';
import { verdictOf } from '../report/render/verdict.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { findAgreement } from './find-agreement.ts';
import { findForeignLedger } from './find-foreign-ledger.ts';
import { findNeed } from './find-need.ts';
import { adoptNames, judgeLive } from './judge-live.ts';
import { judgeSnapshot } from './judge-snapshot.ts';
import type { Judgement } from './judgement.ts';

export interface JudgeOptions {
  readonly session: Session;
  /** Null in an image without sources: then the need is the snapshot's. */
  readonly declaration: Declaration | null;
  /** Null where none is looked for. */
  readonly snapshot: SnapshotReading | null;
  /** False where nobody ever said that there is one. */
  readonly snapshotExpected: boolean;
  /** The migration files, where they are at hand: then the database is read whole, and drift that no code needs is told. */
  readonly folder?: Folder | undefined;
  readonly severities?: Severities | undefined;
  /** All that a need may ask about, where it was read before it was known. */
  readonly ahead?: NeededReading | undefined;
}

/**
 * Where the database says of every table what the snapshot sealed, nothing more is read. Throws ShipshapeError
 * `need-unknown`, and what reading the catalogue throws.
 */
export async function judgeDatabase(
  options: JudgeOptions,
): Promise<Omit<Judgement, 'target' | 'milliseconds'>> {
  const { session, snapshot, folder } = options;
  const kept = snapshot?.kind === 'found' ? snapshot.snapshot : null;
  const declaration = adoptNames(options.declaration, kept);
  const asked = findNeed(declaration, snapshot);
  const staleness = judgeSnapshot(snapshot, asked.fresh, folder?.migrations, options.snapshotExpected);
  const whole = folder !== undefined;
  const seals = whole || staleness.length > 0 ? null : (kept?.seals ?? null);
  const agreement = seals === null ? null : await findAgreement(session, seals);
  // Another tool's ledger is its own affair, and ours knows nothing of its migrations.
  const foreign = folder !== undefined && folder.format !== 'shipshape';
  const known = foreign ? [] : (folder?.migrations ?? kept?.migrations ?? []);
  const unasked = foreign || (folder === undefined && snapshot === null);
  const { ledger, problem } = unasked ? { ledger: null, problem: [] } : await readLedger(session);
  const judged =
    agreement !== null
      ? { ...agreement, findings: [], notCompared: asked.notCompared, drift: () => [] }
      : await judgeLive(session, {
          asked,
          declaration,
          snapshot,
          ledger,
          without: await withoutWhat(options, problem, ledger),
          folder,
          ahead: options.ahead,
        });
  const history = (known.length === 0 ? [] : diagnoseTampering(ledger, known)).map((each) =>
    // Who starts a release cannot mend history, and the code may have all it needs: told, and left to `verify`.
    !whole && each.severity === 'error' ? { ...each, severity: 'warning' as const } : each,
  );
  const told = [...judged.findings, ...history, ...problem, ...staleness];
  const { searchPath } = judged;
  const adjusted = adjustSeverities([...told, ...judged.drift(told)], options.severities, searchPath);
  return {
    verdict: verdictOf(adjusted.findings),
    findings: adjusted.findings,
    coverage: withoutComparing(judged.coverage, [
      ...(folder === undefined && snapshot === null ? [migrationsNotCompared] : []),
      ...judged.notCompared,
      ...adjusted.ignored,
    ]),
    searchPath,
  };
}

const migrationsNotCompared: NotCompared = { what: 'migrations', because: 'no folder of them was named' };

async function withoutWhat(
  { session, folder, snapshot }: JudgeOptions,
  problem: readonly Finding[],
  ledger: readonly LedgerEntry[] | null,
): Promise<Without> {
  if (problem.length > 0) return { kind: 'ledger' };
  if (folder !== undefined && folder.format !== 'shipshape')
    return { kind: 'ledger of another tool', tool: folder.tool, command: folder.command };
  if (folder === undefined && snapshot === null) return { kind: 'migrations' };
  // A snapshot does not say whose migrations it was made of.
  const foreign = folder === undefined && ledger === null ? await findForeignLedger(session) : null;
  return foreign === null
    ? { kind: 'snapshot' }
    : { kind: 'ledger of another tool', tool: foreign, command: null };
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
