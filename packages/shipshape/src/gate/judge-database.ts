// judgeDatabase: the need of the code held against a live database, with the causes that snapshot and ledger tell.
import type { Declaration, LedgerEntry } from '../catalog/index.ts';
import type { Without } from '../diagnose/scene.ts';
import { diagnoseTampering } from '../diagnose/tampering.ts';
import type { NeededReading } from '../introspect/reading.ts';
import type { Folder } from '../migrate/folder.ts';
import type { ForeignLedger, UnreadLedger } from '../migrate/ledgers/foreign-ledger.ts';
import type { Session } from '../postgres/session.ts';
import {
  adjustSeverities,
  type Finding,
  type NotCompared,
  type Severities,
  withoutComparing,
} from '../report/index.ts';
import { verdictOf } from '../report/render/verdict.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { findAgreement } from './find-agreement.ts';
import { findForeignLedger } from './find-foreign-ledger.ts';
import { findNeed } from './find-need.ts';
import { tellForeignHistory } from './foreign-history.ts';
import { adoptNames, judgeLive } from './judge-live.ts';
import { judgeSnapshot } from './judge-snapshot.ts';
import type { Judgement } from './judgement.ts';
import { readLedger, type SeenLedger } from './read-ledgers.ts';
import type { Live } from './read-live.ts';

/** What one tenant has, as if its schema were the one that migrations run in. */
export interface SeenTenant extends SeenLedger {
  readonly seen: Live;
}

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
  /** What the tool of the migrations calls its ledger, where that is not its usual name. */
  readonly ledgerTable?: string | null | undefined;
  readonly severities?: Severities | undefined;
  /** All that a need may ask about, where it was read before it was known. */
  readonly ahead?: NeededReading | undefined;
  /** One of many tenants in schemas of the database, all of which were read at once. */
  readonly tenant?: SeenTenant | undefined;
}

/**
 * Where the database says of every table what the snapshot sealed, nothing more is read. Throws ShipshapeError
 * `need-unknown`, and what reading the catalogue throws.
 */
export async function judgeDatabase(
  options: JudgeOptions,
): Promise<Omit<Judgement, 'target' | 'milliseconds'>> {
  const { session, snapshot, folder, tenant } = options;
  const kept = snapshot?.kind === 'found' ? snapshot.snapshot : null;
  const declaration = adoptNames(options.declaration, kept);
  const asked = findNeed(declaration, snapshot);
  const staleness = judgeSnapshot(snapshot, asked.fresh, folder?.migrations, options.snapshotExpected);
  const whole = folder !== undefined;
  const sealed = !whole && tenant === undefined && staleness.length === 0;
  const seals = sealed ? (kept?.seals ?? null) : null;
  const agreement = seals === null ? null : await findAgreement(session, seals);
  // Ours knows nothing of another tool's migrations.
  const foreign = folder !== undefined && folder.format !== 'shipshape';
  const known = foreign ? [] : (folder?.migrations ?? kept?.migrations ?? []);
  const unasked = foreign || (folder === undefined && snapshot === null);
  const own = tenant ?? (unasked ? { ledger: null, problem: [] } : await readLedger(session));
  const { problem } = own;
  const other = await readOther(options, own.ledger, agreement !== null);
  const deployer = other !== null && 'entries' in other ? other : null;
  const ledger = deployer?.entries ?? own.ledger;
  const judged =
    agreement !== null
      ? { ...agreement, findings: [], notCompared: asked.notCompared, drift: () => [] }
      : await judgeLive(session, {
          asked,
          declaration,
          snapshot,
          ledger,
          without: await withoutWhat(options, problem, other, ledger),
          deployer,
          folder,
          ahead: options.ahead,
          seen: tenant?.seen,
        });
  const tampering = known.length === 0 || deployer !== null ? [] : diagnoseTampering(ledger, known);
  const history = [...tampering, ...tellForeignHistory(deployer)].map((each) =>
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

/** What another tool has applied, or why that is not known; null where the migrations are ours, or none are known. */
async function readOther(
  { session, folder, snapshot, tenant, ledgerTable = null }: JudgeOptions,
  own: readonly LedgerEntry[] | null,
  agreed: boolean,
): Promise<ForeignLedger | UnreadLedger | null> {
  if (folder !== undefined) {
    if (folder.format === 'shipshape') return null;
    const { readForeignLedger } = await import('../migrate/ledgers/read-foreign-ledger.ts');
    const reading = await readForeignLedger(session, folder, ledgerTable);
    return reading.kind === 'read' ? reading.ledger : reading;
  }
  if (snapshot?.kind !== 'found' || own !== null || agreed || tenant !== undefined) return null;
  // A start that agrees loads none of this.
  const { readLedgerOfSnapshot } = await import('../migrate/ledgers/read-foreign-ledger.ts');
  return readLedgerOfSnapshot(session, snapshot.snapshot.migrations, ledgerTable);
}

async function withoutWhat(
  { session, folder, snapshot, tenant }: JudgeOptions,
  problem: readonly Finding[],
  other: ForeignLedger | UnreadLedger | null,
  ledger: readonly LedgerEntry[] | null,
): Promise<Without> {
  if (problem.length > 0) return { kind: 'ledger' };
  if (other !== null)
    return 'entries' in other ? { kind: 'snapshot' } : { ...other, kind: 'ledger of another tool' };
  if (folder === undefined && snapshot === null) return { kind: 'migrations' };
  // A snapshot does not say whose migrations it was made of.
  const asks = folder === undefined && ledger === null && tenant === undefined;
  const foreign = asks ? await findForeignLedger(session) : null;
  return foreign === null
    ? { kind: 'snapshot' }
    : {
        kind: 'ledger of another tool',
        tool: foreign,
        command: null,
        because: 'none of its rows means a migration of the snapshot',
      };
}
