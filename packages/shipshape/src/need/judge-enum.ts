// judgeEnums: the labels that the code writes against those that the database knows.
import { type Address, quoteLiteral } from '../catalog/index.ts';
import type { Lookup } from './lookup.ts';
import type { EnumNeed } from './need.ts';
import { severityOf } from './severity.ts';
import type { Shortfall } from './shortfall.ts';

export function judgeEnums(
  needs: readonly EnumNeed[],
  live: Lookup,
): { readonly shortfalls: readonly Shortfall[]; readonly compared: number } {
  const shortfalls: Shortfall[] = [];
  let compared = 0;
  for (const need of needs) {
    const { schema, name, labels, origin } = need;
    const address: Address = { kind: 'enum', schema, name };
    const found = live.findEnum(need);
    if (found.kind !== 'found') {
      shortfalls.push({
        reason: 'missing enum',
        severity: severityOf('missing enum'),
        address,
        aspect: 'existence',
        declared: labels.map(quoteLiteral).join(', '),
        found: found.kind === 'elsewhere' ? found.things.map((each) => each.schema).join(', ') : null,
        sqlstate: '42704',
        because: null,
        origin,
      });
      continue;
    }
    compared += 1;
    for (const label of labels.filter((each) => !found.thing.labels.includes(each)))
      shortfalls.push({
        reason: 'missing label',
        severity: severityOf('missing label'),
        address,
        aspect: 'labels',
        declared: quoteLiteral(label),
        found: found.thing.labels.map(quoteLiteral).join(', '),
        sqlstate: '22P02',
        because: null,
        origin,
      });
  }
  return { shortfalls, compared };
}
