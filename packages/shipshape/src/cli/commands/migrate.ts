// migrate: applies pending migrations, or says what it would apply.
import { migrateDatabase } from '../../deploy/migrate.ts';
import type { RunEvent, RunResult } from '../../migrate/run-order.ts';
import type { Target } from '../../postgres/target.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { makePaint } from '../../report/render/paint.ts';
import { count } from '../../report/render/wrap.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations, type Folder } from '../demand.ts';
import type { MigrateFlags } from '../migrate-flags.ts';
import { openDatabase } from '../open-database.ts';
import { tellEvent } from '../tell-event.ts';

export async function run(context: Context, flags: MigrateFlags): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const folder = demandMigrations(config);
  // From here on, and not only while statements run: Ctrl-C says what was applied, even if that is nothing.
  const signal = context.interruption();
  if (flags.fleet !== null) {
    const { migrateEach } = await import('./migrate-fleet.ts');
    return migrateEach(context, config, folder, { ...flags, fleet: flags.fleet }, signal);
  }
  const database = await openDatabase(config, context);
  try {
    return flags.dryRun
      ? await tell(context, database.target, folder, flags)
      : await act(context, database.target, folder, flags, signal);
  } finally {
    await database.leave();
  }
}

async function act(
  context: Context,
  target: Target,
  folder: Folder,
  { wait: waitSeconds, to, allowOutOfOrder: outOfOrder }: MigrateFlags,
  signal: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  const on = (event: RunEvent) => tellEvent(context, event);
  const result = await migrateDatabase({
    target,
    ...folder,
    waitSeconds,
    to,
    outOfOrder,
    signal,
    on,
    thenEnds: true,
  });
  const errors = result.findings.filter((each) => each.severity === 'error');
  if (errors.length > 0) context.fail(errors);
  const { exit, applied, failed, left, findings } = result;
  return {
    exit,
    text: errors.length > 0 ? '' : renderEnd(context, result, target, to, performance.now() - started),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings }),
      target: target.display,
      applied,
      failed,
      left,
    },
  };
}

function renderEnd(
  { look }: Context,
  { applied }: RunResult,
  target: Target,
  to: string | undefined,
  milliseconds: number,
): string {
  const mark = makePaint(look.colour).good('✓');
  if (applied.length === 0)
    return `${mark} nothing to do: no migration ${to === undefined ? '' : `up to ${to} `}is pending on ${target.display}`;
  const done = `${count(applied.length, 'migration')} applied to ${target.display}`;
  return `${mark} ${done} in ${Math.round(milliseconds)} ms`;
}

async function tell(
  context: Context,
  target: Target,
  { folder, format, ledgerTable, replay }: Folder,
  { to, allowOutOfOrder: outOfOrder }: MigrateFlags,
): Promise<Outcome> {
  const { dryRun } = await import('../../deploy/dry-run.ts');
  const { renderIntended } = await import('../render-intended.ts');
  const { pending, findings, exit } = await dryRun({
    target,
    folder,
    format,
    ledgerTable,
    replay,
    to,
    outOfOrder,
  });
  const lines = pending.flatMap(renderIntended);
  const end =
    pending.length === 0
      ? `nothing to do: no migration is pending on ${target.display}`
      : `nothing was done: ${count(pending.length, 'migration')} pending on ${target.display}`;
  if (findings.length > 0) context.fail(findings);
  return {
    exit,
    text: findings.some((each) => each.severity === 'error') ? '' : [...lines, end].join('\n'),
    json: { ...makeJsonReport({ verdict: null, coverage: null, findings }), target: target.display, pending },
  };
}
