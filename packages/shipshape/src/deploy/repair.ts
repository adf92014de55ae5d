// repair: the act behind `repair`: the plan shown, and carried out when it is asked for by its name.
import type { FolderFormat } from '../migrate/folder.ts';
import { nothingPromised } from '../migrate/nothing-promised.ts';
import { type OpenFolder, openFolder } from '../migrate/open-folder.ts';
import {
  isFirstOfRepair,
  makeRepairBook,
  makeRepairMigrations,
  readRepairs,
} from '../migrate/repair-book.ts';
import { run } from '../migrate/run.ts';
import type { RunEvent } from '../migrate/run-order.ts';
import { connect } from '../postgres/connect.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { type ExitCode, exitOf, type Finding, makeFinding } from '../report/index.ts';
import { readSnapshot, type SnapshotReading } from '../snapshot/read-snapshot.ts';
import { explainAsRepair } from './explain-as-repair.ts';
import { readRepairPlan } from './read-repair-plan.ts';
import { type KeptRepair, type Mended, nameRepair, type RepairAct, type RepairPlan } from './repair-plan.ts';
import { limitsOf, type RunLimits } from './run-limits.ts';

export interface RepairFolder {
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  /** Where the folder's own tool keeps what it has applied; its usual table when left out. */
  readonly ledgerTable?: string | null | undefined;
  readonly snapshotFile: string;
}

export interface RepairOptions extends RepairFolder, RunLimits {
  /** The plan that is to be carried out. */
  readonly plan: string;
  /** Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  readonly on: (event: RepairEvent) => void;
}

export type RepairEvent = { readonly kind: 'back'; readonly mends: readonly Mended[] } | RunEvent;

export interface RepairResult {
  /** What was brought back: an act that failed in a later statement is not in it. */
  readonly applied: readonly RepairAct[];
  /** What was not come to. */
  readonly left: readonly RepairAct[];
  /** As the database is in the end; null where that could not be read any more. */
  readonly plan: RepairPlan | null;
  readonly findings: readonly Finding[];
  readonly exit: ExitCode;
}

/** What would be done; nothing is changed, and no lock is taken. Throws as `readGround` does, and for a folder that cannot be used. */
export async function planRepairOf(options: RepairFolder): Promise<RepairPlan> {
  const opened = await open(options);
  return read(opened);
}

/**
 * Carries the plan out, or goes on with it where it was cut off. What stops it is in the result. Throws as `planRepairOf`.
 */
export async function repair(options: RepairOptions): Promise<RepairResult> {
  const opened = await open(options);
  const plan = await read(opened);
  const { begun } = await asking(opened, readRepairs);
  const kept = (begun?.content ?? plan.kept) as KeptRepair;
  if (begun?.name === options.plan && nameRepair(kept) === options.plan)
    return carryOut(options, opened, kept);
  if (plan.name === options.plan) return carryOut(options, opened, plan.kept);
  const errors = plan.findings.filter(({ severity }) => severity === 'error');
  const nothing = { applied: [], left: [], plan };
  if (plan.name === null && errors.length === 0) return { ...nothing, findings: [], exit: 0 };
  const changed = explainChanged(options, plan);
  return { ...nothing, findings: [changed], exit: changed.exit };
}

interface Opened {
  readonly target: Target;
  readonly folder: OpenFolder;
  readonly kept: SnapshotReading;
}

async function open({ target, folder: path, snapshotFile, ...options }: RepairFolder): Promise<Opened> {
  const [folder, kept] = await Promise.all([openFolder(path, options), readSnapshot(snapshotFile)]);
  return { target, folder, kept };
}

const read = (opened: Opened): Promise<RepairPlan> =>
  asking(opened, (session) => readRepairPlan(session, opened.folder, opened.kept));

async function asking<T>({ target }: Opened, ask: (session: OwnSession) => Promise<T>): Promise<T> {
  const session = await connect(target, { applicationName: 'shipshape:repair' });
  try {
    return await ask(session);
  } finally {
    await session.close();
  }
}

async function carryOut(options: RepairOptions, opened: Opened, kept: KeptRepair): Promise<RepairResult> {
  const { plan: name, target, signal } = options;
  const { acts } = kept;
  const parts = acts.map(({ statements, apart }) => ({
    statements: statements.map(({ sql }) => sql),
    apart,
  }));
  const migrations = makeRepairMigrations(name, parts);
  const actOf = (id: string): RepairAct | undefined =>
    acts[migrations.findIndex((each) => each.id === id) - 1];
  let looked = false;
  const result = await run({
    target,
    migrations,
    book: makeRepairBook(name, kept, acts.length),
    scope: '',
    through: null,
    ...limitsOf(options),
    signal,
    on: (event) => {
      if (event.kind === 'started' || ('migration' in event && isFirstOfRepair(event.migration))) return;
      if (event.kind !== 'applied')
        return options.on('migration' in event ? { ...event, migration: `repair ${name}` } : event);
      const act = actOf(event.applied.id);
      if (act !== undefined) options.on({ kind: 'back', mends: act.mends });
    },
    ask: {
      async mayApply({ pending }) {
        const isUntouched = pending.length === migrations.length;
        // Before the lock is asked for it has just been read.
        if (!isUntouched || !looked) {
          looked = true;
          return [];
        }
        const now = await read(opened);
        return now.name === name ? [] : [explainChanged(options, now)];
      },
      // All is read once more when all is done.
      ...nothingPromised,
    },
  });
  const pick = (ids: readonly string[]) => ids.flatMap((id) => actOf(id) ?? []);
  const applied = pick(result.applied.map(({ id }) => id));
  const left = pick(result.left);
  if (result.exit !== 0) {
    const stopped = { plan: name, acts, applied, left };
    const findings = result.findings.map((each) => explainAsRepair(each, stopped));
    return { applied, left, plan: null, findings, exit: result.exit };
  }
  const plan = await read(opened);
  const findings = [...plan.kept.acts.flatMap(({ mends }) => mends.map(tellStill)), ...plan.findings];
  return { applied, left, plan, findings, exit: exitOf(findings) };
}

function tellStill({ subject, aspect }: Mended): Finding {
  return makeFinding('still-drifted', { subject, aspect });
}

function explainChanged({ plan: asked, target }: RepairOptions, { name: now }: RepairPlan): Finding {
  return makeFinding('repair-plan-changed', { asked, now, target: target.display });
}
