// baseline: marks the files up to one as applied in a database that was built otherwise.
import { baseline } from '../../prove/baseline.ts';
import type { Context, Outcome } from '../context.ts';
import { type MarkFlags, mark } from '../mark.ts';

export function run(context: Context, named: string, flags: MarkFlags): Promise<Outcome> {
  return mark(context, flags, (options) => baseline(options, named));
}
