// npm run chaos -- --seed 1: two hundred rounds of runners that are killed, cut off and crashed under.
import { parseArgs } from 'node:util';
import { hasPgbouncer } from '../../packages/shipshape/test/migrate/pgbouncer.ts';
import { play } from './play.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
if (!hasPgbouncer) {
  console.error('chaos needs pgbouncer: apt-get install pgbouncer');
  process.exit(2);
}
const began = performance.now();
const { outcomes, struck, struckOpen, faults } = await play(
  Number(values.seed),
  Number(values.rounds),
  (_round, number) => values.only === undefined || Number(values.only) === number,
  ({ round, struck: hits, faults: wrong, seconds }, number) =>
    console.log(
      `${wrong.length === 0 ? '✓' : '✗'} ${number}  ${round.kind}, ${round.transport}, ${round.disturbance} ${hits}×  ${seconds.toFixed(1)} s${wrong.map((each) => `\n    ${each}`).join('')}`,
    ),
);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `\nseed ${values.seed}: ${outcomes.length} rounds in ${minutes} min, ${struck} strikes, ${struckOpen} of them on an open step, ${faults.length} faults`,
);
const aimless = struckOpen * 3 < struck;
if (aimless) console.error('✗ less than a third of the strikes hit an open step');
process.exit(faults.length === 0 && !aimless ? 0 : 1);
