// adopt: marks as applied what the ledger of another tool says is, of files that are ours now.
import { adopt } from '../../prove/adopt.ts';
import type { Context, Outcome } from '../context.ts';
import { type MarkFlags, mark } from '../mark.ts';

export function run(context: Context, flags: MarkFlags): Promise<Outcome> {
  return mark(context, flags, adopt);
}
