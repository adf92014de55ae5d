// migrate --each-schema, --each-url: a line a tenant on the way, and one summary.
import { dryRunFleet } from '../../deploy/dry-run-fleet.ts';
import {
  type FleetEvent,
  type FleetResult,
  gravest,
  type Tenant,
  type TenantOutcome,
} from '../../deploy/fleet.ts';
import { openRelease } from '../../deploy/migrate.ts';
import { migrateFleet } from '../../deploy/migrate-fleet.ts';
import { renderEvent } from '../../deploy/render-event.ts';
import { readStandOfSchemas } from '../../deploy/stand-of-schemas.ts';
import type { OwnSession } from '../../postgres/session.ts';
import { renderFindings } from '../../report/render/findings.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { makePaint } from '../../report/render/paint.ts';
import { count } from '../../report/render/wrap.ts';
import type { Config } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import type { Folder } from '../demand.ts';
import { gatherFindings, listed } from '../gather-findings.ts';
import type { FleetFlags, MigrateFlags } from '../migrate-flags.ts';
import { renderIntended } from '../render-intended.ts';
import { withSession, withTenants } from '../with-tenants.ts';

type Flags = MigrateFlags & { readonly fleet: FleetFlags };

export async function migrateEach(
  context: Context,
  config: Config,
  folder: Folder,
  flags: Flags,
  signal: AbortSignal,
): Promise<Outcome> {
  return withTenants(context, config, flags.fleet, async ({ tenants, database }) => {
    if (!flags.dryRun) return act(context, folder, flags, tenants, signal);
    return database === null
      ? tellIntended(context, folder, flags, tenants)
      : withSession(database, (session) => tellPending(session, folder, flags, tenants));
  });
}

async function act(
  context: Context,
  folder: Folder,
  { fleet, wait: waitSeconds, to, allowOutOfOrder: outOfOrder }: Flags,
  tenants: readonly Tenant[],
  signal: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  const result = await migrateFleet({
    ...folder,
    ...fleet,
    waitSeconds,
    to,
    outOfOrder,
    signal,
    tenants,
    inOneDatabase: 'schema' in fleet.by,
    on: listen(context),
  });
  const findings = gatherFindings(result.tenants);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) context.fail(errors);
  return {
    exit: result.exit,
    text: renderSummary(context, result, performance.now() - started),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings }),
      summary: countStates(result.tenants),
      tenants: result.tenants.map(({ findings: own, ...outcome }) => ({
        ...outcome,
        findings: makeJsonReport({ verdict: null, coverage: null, findings: own }).findings,
      })),
    },
  };
}

/** What a tenant waits for is told as it comes; what was done, when it has ended. */
function listen({ say, show, progress, look }: Context): (event: FleetEvent) => void {
  const warned = new Set<string>();
  return (event) => {
    if (event.kind === 'tenant ended') {
      const { tenant, state, applied, failed } = event.outcome;
      const done = applied.length === 0 ? 'nothing to do' : `${count(applied.length, 'migration')} applied`;
      const where = failed === null ? '' : ` in ${failed}`;
      show(
        `${tenant}: ${state === 'done' ? done : `failed${where}${applied.length === 0 ? '' : `, ${done}`}`}`,
      );
      progress(`${event.ended} of ${count(event.of, 'tenant')}`);
      return;
    }
    const { tenant, event: inner } = event;
    if (inner.kind === 'warning' && !warned.has(inner.finding.what)) {
      warned.add(inner.finding.what);
      say(renderFindings([{ ...inner.finding, what: `${tenant}: ${inner.finding.what}` }], look));
    }
    if (inner.kind === 'started' || inner.kind === 'statement' || inner.kind === 'applied') return;
    for (const { as, lines } of renderEvent(inner))
      for (const line of lines) (as === 'progress' ? progress : say)(`${tenant}: ${line}`);
  };
}

function countStates(tenants: readonly TenantOutcome[]) {
  const of = (state: TenantOutcome['state']) => tenants.filter((each) => each.state === state);
  return {
    tenants: tenants.length,
    done: of('done').length,
    nothingToDo: of('done').filter(({ applied }) => applied.length === 0).length,
    failed: of('failed').length,
    notBegun: of('not begun').length,
  };
}

function renderSummary(
  { look }: Context,
  { tenants, canaryFailed, exit }: FleetResult,
  took: number,
): string {
  const paint = makePaint(look.colour);
  const { done, nothingToDo, failed, notBegun } = countStates(tenants);
  const names = (state: TenantOutcome['state']) =>
    listed(tenants.filter((each) => each.state === state).map(({ tenant }) => tenant));
  const parts = [
    `${done} done${nothingToDo === 0 ? '' : ` (${nothingToDo} had nothing to do)`}`,
    failed === 0 ? '' : `${failed} failed (${names('failed')})`,
    notBegun === 0 ? '' : `${notBegun} not begun (${names('not begun')})`,
  ].filter(Boolean);
  const why =
    notBegun === 0
      ? ''
      : canaryFailed
        ? '; a canary failed, so that no other was begun'
        : failed > 0
          ? '; with --on-failure continue the others would be begun'
          : '; it was interrupted';
  const mark = exit === 0 ? paint.good('✓') : paint.bad('✗');
  const line = `${mark} ${count(tenants.length, 'tenant')}: ${parts.join(', ')}${why}, in ${Math.round(took)} ms`;
  return exit === 0 ? line : `${line}\n  do       the same command again does what is left`;
}

async function tellPending(
  session: OwnSession,
  folder: Folder,
  { to, allowOutOfOrder: outOfOrder }: Flags,
  tenants: readonly Tenant[],
): Promise<Outcome> {
  const release = await openRelease({ ...folder, to, outOfOrder });
  const stands = await readStandOfSchemas(session, release, tenants);
  const busy = stands.filter(({ pending }) => pending.length > 0);
  const alike = groupAlike(busy, ({ pending }) => listed(pending));
  const lines = alike.map(
    ([what, group]) => `${listed(group.map(({ tenant }) => tenant.name))} would apply ${what}`,
  );
  return {
    exit: 0,
    text: [...lines, renderEnd(busy.length, tenants.length)].join('\n'),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings: [] }),
      tenants: stands.map(({ tenant, pending }) => ({ tenant: tenant.name, pending })),
    },
  };
}

/** What is the same in several databases is told once. */
async function tellIntended(
  context: Context,
  folder: Folder,
  { to, allowOutOfOrder: outOfOrder, fleet: { concurrency } }: Flags,
  tenants: readonly Tenant[],
): Promise<Outcome> {
  const runs = await dryRunFleet({ ...folder, to, outOfOrder, tenants, concurrency });
  const findings = gatherFindings(runs);
  if (findings.length > 0) context.fail(findings);
  const busy = runs.filter(({ exit, pending }) => exit === 0 && pending.length > 0);
  const alike = groupAlike(busy, ({ pending }) => pending.flatMap(renderIntended).join('\n'));
  const unread = runs.filter(({ exit }) => exit !== 0).length;
  return {
    exit: gravest(runs.map(({ exit }) => exit)),
    text: [
      ...alike.flatMap(([what, group]) => [`${listed(group.map(({ tenant }) => tenant))}:`, what]),
      renderEnd(busy.length, tenants.length, unread),
    ].join('\n'),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings }),
      tenants: runs.map(({ findings: own, ...run }) => ({
        ...run,
        findings: makeJsonReport({ verdict: null, coverage: null, findings: own }).findings,
      })),
    },
  };
}

function renderEnd(busy: number, all: number, refused = 0): string {
  const would = refused === 0 ? '' : `, ${refused} where none would be applied`;
  return `nothing was done: ${count(busy, 'tenant')} with pending migrations, ${all - busy - refused} without${would}`;
}

/** In the order in which they come. */
function groupAlike<T>(
  items: readonly T[],
  tell: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(tell(item), [...(groups.get(tell(item)) ?? []), item]);
  return [...groups];
}
