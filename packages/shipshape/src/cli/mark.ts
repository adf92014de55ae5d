// mark: what `baseline` and `adopt` have in common: both mark files as applied and say which.
import type { RunEvent } from '../migrate/run-order.ts';
import type { AdoptOptions } from '../prove/adopt.ts';
import type { MarkResult } from '../prove/baseline.ts';
import { makeJsonReport } from '../report/render/json.ts';
import { makePaint } from '../report/render/paint.ts';
import { count } from '../report/render/wrap.ts';
import { readConfig } from './config.ts';
import type { Context, Outcome } from './context.ts';
import { demandMigrations } from './demand.ts';
import { openDatabase } from './open-database.ts';
import { tellEvent } from './tell-event.ts';

export interface MarkFlags {
  readonly dryRun: boolean;
  /** Seconds. */
  readonly wait: number;
}

/** What `adopt` says beside: whose ledger it went by. */
type Marked = MarkResult & { readonly tool?: string | null; readonly table?: string | null };

export async function mark(
  context: Context,
  { dryRun, wait: waitSeconds }: MarkFlags,
  act: (options: AdoptOptions) => Promise<Marked>,
): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const { folder, format, ledgerTable } = demandMigrations(config);
  const scratchUrl = config.scratch ?? undefined;
  const signal = context.interruption();
  const { target, leave } = await openDatabase(config, context);
  const on = (event: RunEvent) => {
    if (event.kind === 'applied') context.show(`${event.applied.id} marked as applied`);
    // No statement runs: only what is waited for is of interest.
    else if (event.kind !== 'started') tellEvent(context, event);
  };
  try {
    const order = { target, folder, format, ledgerTable, scratchUrl, waitSeconds, dryRun, signal, on };
    const result = await act(order);
    const { exit, findings, ...told } = result;
    const errors = findings.filter(({ severity }) => severity === 'error');
    // Of a run the warnings were said on the way.
    const unsaid = dryRun ? findings : errors;
    if (unsaid.length > 0) context.fail(unsaid);
    return {
      exit,
      text: errors.length > 0 ? '' : renderEnd(context, result, target.display, dryRun),
      json: {
        ...makeJsonReport({ verdict: null, coverage: null, findings }),
        target: target.display,
        dryRun,
        ...told,
      },
    };
  } finally {
    await leave();
  }
}

function renderEnd(
  { look }: Context,
  { marked, last, table }: Marked,
  target: string,
  dryRun: boolean,
): string {
  const good = makePaint(look.colour).good('✓');
  if (marked.length === 0)
    return `${good} nothing to do: all up to ${last} is marked as applied on ${target}`;
  const source = typeof table === 'string' ? `, by ${table}` : '';
  const seen = `${target} has what ${marked.length === 1 ? 'it makes' : 'they make'}`;
  const files = count(marked.length, 'migration');
  if (dryRun)
    return [
      ...marked.map((id) => `${id} would be marked as applied`),
      `nothing was done: ${files} would be marked${source}; ${seen}`,
    ].join('\n');
  return `${good} ${files} marked as applied${source}; ${seen}`;
}
