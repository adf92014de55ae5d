// down: undoes the newest migrations, or says what it would undo.
import { undo, undoDry } from '../../deploy/undo.ts';
import type { RunEvent } from '../../migrate/run-order.ts';
import type { Target } from '../../postgres/target.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { makePaint } from '../../report/render/paint.ts';
import { count } from '../../report/render/wrap.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations, type Folder } from '../demand.ts';
import { openDatabase } from '../open-database.ts';
import { renderIntended } from '../render-intended.ts';
import { tellEvent } from '../tell-event.ts';

export interface DownFlags {
  readonly dryRun: boolean;
  /** Seconds. */
  readonly wait: number;
  /** The last migration that stays. */
  readonly to: string | undefined;
}

export async function run(context: Context, flags: DownFlags): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const { folder, format, ledgerTable } = demandMigrations(config);
  const signal = context.interruption();
  const database = await openDatabase(config, context);
  const { to, wait: waitSeconds } = flags;
  const order = { target: database.target, folder, format, ledgerTable, to, waitSeconds, signal };
  try {
    return flags.dryRun ? await tell(context, order) : await act(context, order);
  } finally {
    await database.leave();
  }
}

interface Order {
  readonly target: Target;
  readonly folder: string;
  readonly format: Folder['format'];
  readonly ledgerTable: string | null;
  readonly to: string | undefined;
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
}

async function act(context: Context, order: Order): Promise<Outcome> {
  const on = (event: RunEvent) => {
    // "applied" would be misread: it is the way back that is.
    if (event.kind === 'applied') context.show(`${event.applied.id.replace(/\.down$/, '')} undone`);
    else tellEvent(context, event);
  };
  const { exit, applied, failed, left, findings } = await undo({ ...order, on });
  const errors = findings.filter((each) => each.severity === 'error');
  if (errors.length > 0) context.fail(errors);
  const target = order.target.display;
  return {
    exit,
    text: errors.length > 0 ? '' : renderEnd(context, applied.length, target),
    json: { ...makeJsonReport({ verdict: null, coverage: null, findings }), target, applied, failed, left },
  };
}

function renderEnd({ look }: Context, undone: number, target: string): string {
  const mark = makePaint(look.colour).good('✓');
  return undone === 0
    ? `${mark} nothing to undo on ${target}`
    : `${mark} ${count(undone, 'migration')} undone on ${target}`;
}

async function tell(context: Context, order: Order): Promise<Outcome> {
  const { pending, findings, exit } = await undoDry(order);
  if (findings.length > 0) context.fail(findings);
  const target = order.target.display;
  const end = `nothing was done: ${count(pending.length, 'migration')} would be undone on ${target}`;
  return {
    exit,
    text: findings.length > 0 ? '' : [...pending.flatMap(renderIntended), end].join('\n'),
    json: { ...makeJsonReport({ verdict: null, coverage: null, findings }), target, pending },
  };
}
