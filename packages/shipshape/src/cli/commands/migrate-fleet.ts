// migrate --each-schema, --each-url: a line a tenant on the way, and one summary.
import { resolve } from 'node:path';
import { findTenants } from '../../deploy/find-tenants.ts';
import type { FleetEvent, FleetResult, Tenant, TenantOutcome } from '../../deploy/fleet.ts';
import { openRelease } from '../../deploy/migrate.ts';
import { migrateFleet } from '../../deploy/migrate-fleet.ts';
import { readFleetFile } from '../../deploy/read-fleet-file.ts';
import { renderEvent } from '../../deploy/render-event.ts';
import { readStandOfSchemas } from '../../deploy/stand-of-schemas.ts';
import { connect } from '../../postgres/connect.ts';
import type { OwnSession } from '../../postgres/session.ts';
import type { Finding } from '../../report/index.ts';
import { renderFindings } from '../../report/render/findings.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { makePaint } from '../../report/render/paint.ts';
import { count } from '../../report/render/wrap.ts';
import type { Config } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import type { Folder } from '../demand.ts';
import type { FleetFlags, MigrateFlags } from '../migrate-flags.ts';
import { openDatabase } from '../open-database.ts';

type Flags = MigrateFlags & { readonly fleet: FleetFlags };

export async function migrateEach(
  context: Context,
  config: Config,
  folder: Folder,
  flags: Flags,
  signal: AbortSignal,
): Promise<Outcome> {
  const { by } = flags.fleet;
  if ('file' in by) {
    const tenants = await readFleetFile(resolve(context.cwd, by.file), context.env);
    return act(context, folder, flags, tenants, signal);
  }
  const database = await openDatabase(config, context);
  const { target } = database;
  try {
    const looked = await withSession(target, (session) => findTenants(session, target, by.schema));
    return flags.dryRun
      ? await withSession(target, (session) => tellPending(session, folder, flags, looked))
      : await act(context, folder, flags, looked, signal);
  } finally {
    await database.leave();
  }
}

async function withSession<T>(
  target: Tenant['target'],
  ask: (session: OwnSession) => Promise<T>,
): Promise<T> {
  const session = await connect(target, { applicationName: 'shipshape:fleet' });
  try {
    return await ask(session);
  } finally {
    await session.close();
  }
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
  const findings = gather(result.tenants);
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

/** What several tenants met alike is one finding that names them. */
function gather(tenants: readonly TenantOutcome[]): readonly Finding[] {
  const alike = new Map<string, { readonly finding: Finding; readonly names: string[] }>();
  for (const { tenant, findings } of tenants)
    for (const finding of findings) {
      const key = JSON.stringify([finding.code, finding.what, finding.because]);
      const known = alike.get(key);
      if (known === undefined) alike.set(key, { finding, names: [tenant] });
      else known.names.push(tenant);
    }
  return [...alike.values()].map(({ finding, names }) => ({
    ...finding,
    what: `${listed(names)}: ${finding.what}`,
  }));
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
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
  const lines = busy.map(({ tenant, pending }) => `${tenant.name} would apply ${listed(pending)}`);
  const idle = tenants.length - busy.length;
  const end = `nothing was done: ${count(busy.length, 'tenant')} with pending migrations, ${idle} without`;
  return {
    exit: 0,
    text: [...lines, end].join('\n'),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings: [] }),
      tenants: stands.map(({ tenant, pending }) => ({ tenant: tenant.name, pending })),
    },
  };
}
