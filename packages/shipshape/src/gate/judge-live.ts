// judgeLive: a need against what a database holds, and why it lacks what it lacks.
import { adoptEnumNames, type Catalog, type Declaration, type LedgerEntry } from '../catalog/index.ts';
import type { DriftInput } from '../diagnose/drift.ts';
import type { DiagnoseInput, Without } from '../diagnose/scene.ts';
import type { NeededReading } from '../introspect/reading.ts';
import type { Folder } from '../migrate/folder.ts';
import type { ForeignLedger } from '../migrate/ledgers/foreign-ledger.ts';
import { judge } from '../need/judge.ts';
import type { Coverage } from '../need/shortfall.ts';
import type { Session } from '../postgres/session.ts';
import { byOrigin, type Finding, type NotCompared } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { type FoundNeed, findNeed } from './find-need.ts';
import { type Live, readLive } from './read-live.ts';

/** What is known beside the database's own catalogue. */
export interface Known {
  readonly asked: FoundNeed;
  readonly declaration: Declaration | null;
  readonly snapshot: SnapshotReading | null;
  readonly ledger: readonly LedgerEntry[] | null;
  readonly without: Without;
  /** The tool that applies the migrations, with what it remembers, where that is not Shipshape. */
  readonly deployer: ForeignLedger | null;
  /** The migration files, where they are at hand: then the database is read whole. */
  readonly folder: Folder | undefined;
  readonly ahead: NeededReading | undefined;
  /** What was read already; then nothing is. */
  readonly seen: Live | undefined;
}

export interface JudgedLive {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  readonly notCompared: readonly NotCompared[];
  readonly searchPath: readonly string[];
  /** What hands have changed and no code minds, save what `told` says; nothing where the database was not read whole. */
  readonly drift: (told: readonly Finding[]) => readonly Finding[];
}

/** Throws what reading the catalogue throws. */
export async function judgeLive(session: Session, known: Known): Promise<JudgedLive> {
  const { asked, declaration, snapshot, ledger, without, deployer, folder, ahead, seen } = known;
  const migrated = snapshot?.kind === 'found' ? snapshot.snapshot : null;
  const { live, major, uncompared } =
    seen ?? (await readLive(session, asked.need, folder !== undefined, ahead));
  const renamed = migrated === null ? adoptNames(declaration, live) : declaration;
  const { need, notCompared } = renamed === declaration ? asked : findNeed(renamed, snapshot);
  const judged = judge(need, live);
  const printed = migrated?.postgres ?? declaration?.printed ?? major;
  const unlike = printed !== major;
  // Two majors may print one default in two ways.
  const shortfalls = unlike
    ? judged.shortfalls.filter(({ reason }) => reason !== 'default differs')
    : judged.shortfalls;
  const applied = new Set(ledger?.map((entry) => entry.id));
  const files = folder?.format === 'shipshape' || deployer !== null ? (folder?.migrations ?? []) : [];
  const filesPending = files.filter((file) => !applied.has(file.id)).map((file) => file.id);
  const input = { need, live, shortfalls, migrated, ledger, without, deployer, filesPending };
  const findings = shortfalls.length === 0 && migrated === null ? [] : await explain(input);
  const { searchPath } = live;
  // Of programs it is not known which of them made what.
  const unknown = folder?.format === 'scripts' && filesPending.length > 0;
  const drift =
    folder === undefined || migrated === null || unknown
      ? () => []
      : await seeDrift({
          migrated,
          ledger,
          live: live.catalog,
          majors: [migrated.postgres, major],
          searchPath,
        });
  return {
    findings: findings.toSorted(byOrigin),
    coverage: judged.coverage,
    notCompared: [...notCompared, ...uncompared, ...(unlike ? [textsNotCompared(printed, major)] : [])],
    searchPath,
    drift,
  };
}

/** Where nothing is lacking it is not loaded: a start stays fast. */
async function explain(input: DiagnoseInput): Promise<readonly Finding[]> {
  const { diagnose } = await import('../diagnose/diagnose.ts');
  return diagnose(input).findings;
}

async function seeDrift(known: Omit<DriftInput, 'told'>): Promise<JudgedLive['drift']> {
  const { diagnoseDrift } = await import('../diagnose/drift.ts');
  return (told) => diagnoseDrift({ ...known, told });
}

function textsNotCompared(printed: number, major: number): NotCompared {
  return {
    what: 'texts of expressions and queries',
    because: `PostgreSQL ${printed} printed what they would be held against, and this is ${major}`,
  };
}

/** Enums that the models do not name have the names that are found; without such enums the same, and nothing is looked at. */
export function adoptNames(
  declaration: Declaration | null,
  found: { readonly catalog: Catalog } | null,
): Declaration | null {
  const isUnnamed = declaration?.silence.some(({ aspect }) => aspect === 'name') === true;
  return isUnnamed && found !== null ? adoptEnumNames(declaration, found.catalog) : declaration;
}
