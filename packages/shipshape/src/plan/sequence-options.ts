// changedOptions: the options that make one sequence count like another.
import type { SequenceOptions } from '../catalog/index.ts';

/** As ALTER SEQUENCE takes them. `type`: the one that is not said. */
export function changedOptions(
  wanted: SequenceOptions,
  present: SequenceOptions,
  type: string,
): readonly string[] {
  const differs = (...names: readonly (keyof SequenceOptions)[]) =>
    names.some((name) => wanted[name] !== present[name]);
  const isDown = ({ increment }: SequenceOptions) => increment?.startsWith('-') === true;
  const turned = isDown(wanted) !== isDown(present);
  const { min, max, increment, start, cache, cycle } = wanted;
  const first = isDown(wanted) ? (max ?? '-1') : (min ?? '1');
  return [
    ...(differs('type') ? [`AS ${wanted.type ?? type}`] : []),
    ...(differs('increment') ? [`INCREMENT BY ${increment ?? '1'}`] : []),
    ...(turned || differs('min') ? [min === undefined ? 'NO MINVALUE' : `MINVALUE ${min}`] : []),
    ...(turned || differs('max') ? [max === undefined ? 'NO MAXVALUE' : `MAXVALUE ${max}`] : []),
    ...(turned || differs('min', 'max', 'start') ? [`START WITH ${start ?? first}`] : []),
    ...(differs('cache') ? [`CACHE ${cache ?? '1'}`] : []),
    ...(differs('cycle') ? [cycle === true ? 'CYCLE' : 'NO CYCLE'] : []),
  ];
}
