// duel: whole processes against what they may cost, in turns.
import { type Command, type Cost, measure, median } from '../measure.ts';

/** Scripts, and how long a process may take by what they take, in milliseconds. */
export interface Limit {
  readonly processes: readonly Command[];
  readonly allowed: (took: readonly number[]) => number;
}

/** All in turns. The cost of ours, by medians. */
export async function duel(
  name: string,
  limit: Limit,
  ours: Command,
  postmaster: number,
  rounds: number,
  goal: number,
): Promise<Cost> {
  const turn = [...limit.processes, ours];
  for (const each of turn) await measure(each, postmaster);
  const pairs: { readonly allowed: number; readonly limit: Cost; readonly ours: Cost }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const costs: Cost[] = [];
    for (const each of round % 2 === 0 ? turn : turn.toReversed()) {
      const cost = await measure(each, postmaster);
      if (cost === null) throw new Error(`${name} ran beyond its limit`);
      costs.push(cost);
    }
    if (round % 2 !== 0) costs.reverse();
    const [mine, last] = [costs.at(-1), costs.at(-2)] as [Cost, Cost];
    const allowed = limit.allowed(costs.slice(0, -1).map(({ wallMs }) => wallMs));
    pairs.push({ allowed, limit: last, ours: mine });
  }
  const of = (pick: 'limit' | 'ours', part: keyof Cost) => median(pairs.map((pair) => pair[pick][part]));
  tell(
    name,
    of('ours', 'wallMs'),
    median(pairs.map(({ allowed }) => allowed)),
    median(pairs.map((pair) => pair.ours.wallMs / pair.allowed)),
    goal,
  );
  const cost: Cost = {
    wallMs: of('ours', 'wallMs'),
    clientCpuMs: of('ours', 'clientCpuMs'),
    serverCpuMs: of('ours', 'serverCpuMs'),
    peakMb: of('ours', 'peakMb'),
  };
  const cpu = (pick: 'limit' | 'ours') =>
    `${of(pick, 'clientCpuMs').toFixed(0)} + ${of(pick, 'serverCpuMs').toFixed(0)} ms`;
  console.log(
    `    cpu ${cpu('ours')} against ${cpu('limit')} · peak ${cost.peakMb.toFixed(0)} MB against ${of('limit', 'peakMb').toFixed(0)} MB`,
  );
  return cost;
}

export function tell(name: string, ours: number, limit: number, ratio: number, goal: number): void {
  const mark = ratio <= goal ? '✓' : '✗';
  console.log(
    `${mark} ${name.padEnd(34)} ${ours.toFixed(0)} ms against ${limit.toFixed(0)} ms: ${ratio.toFixed(2)}× (goal ≤ ${goal}×)`,
  );
}
