// explainAsRepair: what stopped the runner, in the words of a repair.
import { type Finding, makeFinding } from '../report/index.ts';
import { type RepairAct, renderMended } from './repair-plan.ts';

export interface StoppedRepair {
  readonly plan: string;
  readonly acts: readonly RepairAct[];
  readonly applied: readonly RepairAct[];
  /** The one it stopped in first. */
  readonly left: readonly RepairAct[];
}

/** Acts are known to the runner as migrations, by names that say nothing to people. */
export function explainAsRepair(finding: Finding, { plan, acts, applied, left }: StoppedRepair): Finding {
  const { migration: _, origin: __, ...rest } = finding;
  if (finding.code === 'migration-failed') {
    const message = finding.what.replace(/^.*? failed: /, '');
    const [failed] = left;
    return makeFinding('repair-failed', {
      subjects: failed === undefined ? [] : [nameAct(failed)],
      message,
      applied: applied.map(nameAct),
      left: left.map(nameAct),
      steps: null,
    });
  }
  const named = (text: string) =>
    text
      .replaceAll(`repair ${plan}/0, `, '')
      .replaceAll(new RegExp(`\\brepair ${plan}/(\\d+)`, 'g'), (_, at: string) => {
        const act = acts[Number(at) - 1];
        return act === undefined ? 'the plan itself' : nameAct(act);
      })
      .replaceAll('npx shipshape migrate', `npx shipshape repair --plan ${plan}`);
  return { ...rest, what: named(finding.what), because: named(finding.because), do: named(finding.do) };
}

function nameAct({ mends, begins }: RepairAct): string {
  const touched = [...mends, ...begins];
  return touched.length === 0 ? 'what a repair has left behind' : touched.map(renderMended).join(', ');
}
