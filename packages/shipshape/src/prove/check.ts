// check: do the migrations build what the code declares, and does the snapshot say so?
import { relative } from 'node:path';
import { addressOf, indexByKey, renderAddressKey, type Source, type Verdict } from '../catalog/index.ts';
import { diagnoseDisputes } from '../diagnose/disputes.ts';
import { lackLines } from '../diagnose/lack-lines.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { Folder, FolderFormat } from '../migrate/folder.ts';
import {
  adjustSeverities,
  type Compared,
  exitOf,
  type Finding,
  makeFinding,
  type Severities,
  withoutComparing,
} from '../report/index.ts';
import { verdictOf } from '../report/render/verdict.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { staleAgainstMigrations, staleAgainstNeed } from '../snapshot/staleness.ts';
import { judgeRelease } from './judge-release.ts';
import { readReplayable } from './read-replayable.ts';
import { type Release, readRelease } from './release.ts';
import { openScratch } from './scratch.ts';
import { readStandIns } from './stand-ins.ts';

export interface CheckOptions {
  readonly source: Source;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  readonly snapshotFile: string;
  /** False for a project that has never had a snapshot: then its lack is only noted. True when left out. */
  readonly snapshotExpected?: boolean | undefined;
  readonly severities?: Severities | undefined;
  /** The team's own command that applies the migrations; then no file of the folder is run. */
  readonly replay?: ReplayCommand | undefined;
  /** A server where databases may be made; the embedded one without it. */
  readonly scratchUrl?: string | undefined;
}

export interface CheckResult {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly coverage: Compared;
  readonly migrations: number;
  readonly milliseconds: number;
}

/** Needs no database of the user's. Throws ShipshapeError for what cannot be judged at all. */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const started = performance.now();
  const folder = await readReplayable(options);
  const scratch = await openScratch({ url: options.scratchUrl });
  try {
    const read = await readRelease(options.source, 'on demand', folder, scratch, options.replay);
    const { release, told } = await judgeWithLines(read, (each) => judge(options, folder, each));
    const { findings, ignored } = adjustSeverities(told, options.severities);
    return {
      verdict: summarise(findings),
      findings,
      coverage: withoutComparing(countCompared(release), [
        ...ignored,
        ...(await readStandIns(release.database)),
      ]),
      migrations: folder.migrations.length,
      milliseconds: performance.now() - started,
    };
  } finally {
    await scratch.close();
  }
}

interface Judged {
  readonly release: Release;
  readonly told: readonly Finding[];
}

/** Lines are for findings: a parser of TypeScript takes as long to load as a small folder to run. */
async function judgeWithLines(
  read: Release,
  judged: (release: Release) => Promise<readonly Finding[]>,
): Promise<Judged> {
  const told = await judged(read);
  if (read.locate === undefined || !lackLines(told)) return { release: read, told };
  const release = await read.locate();
  return { release, told: await judged(release) };
}

async function judge(options: CheckOptions, folder: Folder, release: Release): Promise<readonly Finding[]> {
  const { disagreements, remarks } = await judgeRelease(folder, release);
  return [
    ...diagnoseDisputes(release.disputes),
    ...release.views,
    ...disagreements,
    ...remarks,
    ...(await judgeSnapshot(options, release)),
  ];
}

/** A snapshot that is missing or stale carries no verdict, and is something that was forgotten. */
function summarise(findings: readonly Finding[]): Verdict {
  const worst = verdictOf(findings);
  return worst === 'agreed' && exitOf(findings) !== 0 ? 'forgotten' : worst;
}

/** In CI a missing or stale snapshot is an error: production would judge by it. */
async function judgeSnapshot(
  { snapshotFile: file, snapshotExpected = true }: CheckOptions,
  release: Release,
): Promise<readonly Finding[]> {
  const shown = relative(process.cwd(), file) || file;
  const reading = await readSnapshot(file);
  if (reading.kind === 'missing') {
    const lost =
      'production would start without causes and lines, and migrations would be applied unverified';
    const severity = snapshotExpected ? 'error' : 'note';
    return [makeFinding('snapshot-missing', { file: shown, lost }, { severity })];
  }
  if (reading.snapshot.fingerprint === release.snapshot.fingerprint) return [];
  const reasons = [
    ...staleAgainstMigrations(reading.snapshot, release.snapshot.migrations),
    ...staleAgainstNeed(reading.snapshot, release.need),
  ];
  const told =
    reasons.length > 0 ? reasons : ['it was made by another release of Shipshape or of PostgreSQL'];
  return [makeFinding('snapshot-stale', { file: shown, reasons: told }, { severity: 'error' })];
}

/** Counts what both sides have: a declared thing that nothing was found for has been missed, not compared. */
function countCompared({ declared, replay }: Release): Compared {
  const migrated = indexByKey(replay.catalog);
  const count = (...kinds: readonly string[]) =>
    declared.objects.filter(
      (object) => kinds.includes(object.kind) && migrated.has(renderAddressKey(addressOf(object))),
    ).length;
  return {
    tables: count('table'),
    columns: count('column'),
    uniqueKeys: count('primary key', 'unique key'),
    enums: count('enum'),
  };
}
