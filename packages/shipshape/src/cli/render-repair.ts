// renderRepair: the plan of a repair, as somebody reads it before it is carried out.
import type { Mended, RepairAct, RepairPlan } from '../deploy/repair-plan.ts';
import { type Look, renderFindings } from '../report/render/findings.ts';
import { makePaint } from '../report/render/paint.ts';
import { count, wrap } from '../report/render/wrap.ts';

/** Ends with the next act. */
export function renderRepair(
  { name, kept: { acts }, findings }: RepairPlan,
  target: string,
  look: Look,
): string {
  const paint = makePaint(look.colour);
  if (acts.length === 0 && findings.length === 0)
    return `${paint.good('✓')} nothing to repair: ${target} has what its applied migrations made`;
  const back = acts.flatMap(({ mends }) => mends).length;
  const parts = [
    `${paint.bad('✗')} ${paint.strong(`${target}: ${summarize(acts.length, back, findings.filter(isError).length)}.`)}`,
  ];
  parts.push(...acts.map((act, at) => renderAct(act, at + 1, look)));
  if (findings.length > 0) parts.push(renderFindings(findings, look));
  parts.push(
    name === null
      ? `  ${paint.faint('do')}       what is said above, then npx shipshape repair`
      : `  ${paint.faint('do')}       npx shipshape repair --plan ${name}`,
  );
  return parts.join('\n\n');
}

function summarize(acts: number, back: number, not: number): string {
  if (acts === 0) return `${count(not, 'thing')} cannot be brought back here`;
  const would =
    back === 0 ? 'what a repair has left behind would go' : `${count(back, 'thing')} would be brought back`;
  return not === 0 ? would : `${would}, ${not} would not`;
}

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error';

function renderAct(
  { mends, begins, statements, apart, remarks }: RepairAct,
  number: number,
  look: Look,
): string {
  const paint = makePaint(look.colour);
  const lead = `${number}`.padStart(3);
  const touched = [...begins, ...mends];
  const heads = touched.length === 0 ? ['what is left of a repair is taken away'] : touched.map(renderHead);
  const aside =
    statements.length > 1 ? [apart ? 'each statement commits by itself' : 'in one transaction'] : [];
  return [
    ...heads.map((head, at) => `${at === 0 ? lead : '   '}  ${head}`),
    ...[...reasonsOf(touched), ...aside, ...remarks].flatMap((text) =>
      wrap(text, look.width - 5).map((line) => `     ${paint.faint(line)}`),
    ),
    ...statements.flatMap(({ sql, lock, whoWaits }) => [
      ...`${sql};`.split('\n').map((line) => `     ${line}`),
      ...(lock === null ? [] : [`       ${paint.faint(`${lock}: ${whoWaits}`)}`]),
    ]),
  ].join('\n');
}

function renderHead({ subject, aspect, made, found }: Mended): string {
  if (aspect === null) return `${subject} is gone`;
  const values = [made ?? 'none', found ?? 'none'];
  return values.some((value) => value.includes('\n'))
    ? `the ${aspect} of ${subject} is another`
    : `the ${aspect} of ${subject}: made ${values[0]}, found ${values[1]}`;
}

function reasonsOf(mends: readonly Mended[]): readonly string[] {
  const reasons = mends.map(({ migration, aspect }) =>
    migration === null
      ? 'because what made it is applied'
      : `because ${migration}, which ${aspect === null ? 'made it' : 'made it so'}, is applied`,
  );
  return [...new Set(reasons)];
}
