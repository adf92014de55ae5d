// drawRounds: the rounds of a seed.
import fc from 'fast-check';
import { kinds, type Round } from './round.ts';

const runners = 20;

/** A concurrent index build is refused behind a pooler (pooler.test.ts), so that it is drawn for direct connections only. */
const round: fc.Arbitrary<Round> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    transport: fc.constantFrom('direct' as const, 'pooled' as const),
    disturbance: fc.oneof(
      { weight: 7, arbitrary: fc.constant('kill' as const) },
      { weight: 1, arbitrary: fc.constantFrom('cut' as const, 'stall' as const, 'restart' as const) },
    ),
    strikes: fc.array(
      fc.record({
        on: fc.constantFrom('open step' as const, 'open step' as const, 'any moment' as const),
        afterMs: fc.integer({ min: 0, max: 400 }),
        pick: fc.nat(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    starts: fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: runners, maxLength: runners }),
  })
  .filter(({ kind, transport }) => !(kind === 'concurrent index' && transport === 'pooled'))
  // One that hits all of them is enough for a round.
  .map((each) => (each.disturbance === 'kill' ? each : { ...each, strikes: each.strikes.slice(0, 1) }));

export function drawRounds(seed: number, count: number): readonly Round[] {
  return fc.sample(round, { seed, numRuns: count });
}
