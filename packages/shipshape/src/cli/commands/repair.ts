// repair: what brings the database back to what its applied migrations made; carried out when its name is given.
import { planRepairOf, type RepairEvent, type RepairFolder, repair } from '../../deploy/repair.ts';
import { type RepairPlan, renderMended } from '../../deploy/repair-plan.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { makePaint } from '../../report/render/paint.ts';
import { count } from '../../report/render/wrap.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations } from '../demand.ts';
import { openDatabase } from '../open-database.ts';
import { renderRepair } from '../render-repair.ts';
import { tellEvent } from '../tell-event.ts';

export interface RepairFlags {
  readonly plan: string | undefined;
  /** Seconds. */
  readonly wait: number;
}

export async function run(context: Context, { plan, wait }: RepairFlags): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const { folder, format, ledgerTable, snapshotFile } = demandMigrations(config);
  const signal = plan === undefined ? null : context.interruption();
  const database = await openDatabase(config, context);
  const order = { target: database.target, folder, format, ledgerTable, snapshotFile };
  try {
    return plan === undefined || signal === null
      ? tell(context, order, await planRepairOf(order))
      : await act(context, { ...order, plan, waitSeconds: wait, signal });
  } finally {
    await database.leave();
  }
}

function tell({ look }: Context, { target }: RepairFolder, plan: RepairPlan): Outcome {
  return {
    exit: plan.name === null && plan.findings.length === 0 ? 0 : 1,
    text: renderRepair(plan, target.display, look),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings: plan.findings }),
      target: target.display,
      plan: tellPlan(plan),
    },
  };
}

type Order = Omit<Parameters<typeof repair>[0], 'on'>;

async function act(context: Context, order: Order): Promise<Outcome> {
  const started = performance.now();
  const { good } = makePaint(context.look.colour);
  const on = (event: RepairEvent) => {
    if (event.kind !== 'back') tellEvent(context, event);
    else if (event.mends.length > 0) context.show(`${event.mends.map(renderMended).join(', ')} brought back`);
  };
  const { applied, left, plan, findings, exit } = await repair({ ...order, on });
  const errors = findings.filter((each) => each.severity === 'error');
  if (errors.length > 0) context.fail(errors);
  const target = order.target.display;
  const back = applied.flatMap(({ mends }) => mends);
  const milliseconds = performance.now() - started;
  return {
    exit,
    text:
      exit === 3 && plan !== null ? renderRepair(plan, target, context.look) : errors.length > 0 ? '' : end(),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings }),
      target,
      applied: back,
      left: left.flatMap(({ mends }) => mends),
      plan: plan === null ? null : tellPlan(plan),
    },
  };

  function end(): string {
    if (applied.length === 0)
      return `${good('✓')} nothing to repair: ${target} has what its applied migrations made`;
    const done =
      back.length === 0
        ? 'what a repair had left behind is gone from'
        : `${count(back.length, 'thing')} brought back on`;
    return `${good('✓')} ${done} ${target} in ${Math.round(milliseconds)} ms`;
  }
}

function tellPlan({ name, kept: { acts } }: RepairPlan): object | null {
  return name === null ? null : { name, acts };
}
