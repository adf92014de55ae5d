// renderGrants: the statements that roles lack, as a block that can be pasted.
import type { Look } from '../report/render/findings.ts';
import { makePaint } from '../report/render/paint.ts';
import type { FoundGrants } from './find-grants.ts';

/** No lines where nothing is missing. */
export function renderGrants({ grants, needKnown }: FoundGrants, { colour }: Look): readonly string[] {
  const { faint } = makePaint(colour);
  const roles = [...new Set(grants.map(({ role }) => role))].join(' and ');
  const lines = [
    ...(grants.length === 0
      ? []
      : [
          `  ${faint('grants')}   ${roles} ${roles.includes(' and ') ? 'lack' : 'lacks'}, for a superuser or the owner to run:`,
          ...grants.map(({ sql }) => `           ${sql}`),
        ]),
    ...(needKnown
      ? []
      : [
          `  ${faint('grants')}   tables of the code are not judged: there is no snapshot, and no models were named`,
        ]),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}
