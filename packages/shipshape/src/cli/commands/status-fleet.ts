// status --each-schema, --each-url: a line a tenant that is not all right, and one summary.
import { gravest } from '../../deploy/fleet.ts';
import { readStandsOfDatabases, readStandsOfSchemas, type TenantStand } from '../../deploy/read-stands.ts';
import { isAgreed, type Stand, states } from '../../deploy/stand.ts';
import type { Folder } from '../../migrate/folder.ts';
import { type ExitCode, exitOf } from '../../report/index.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import type { Config } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { gatherFindings, listed } from '../gather-findings.ts';
import { renderFleetEnd, summarize } from '../render-fleet-end.ts';
import { renderTenantFlags, type TenantFlags } from '../tenant-flags.ts';
import { withSession, withTenants } from '../with-tenants.ts';

/** `snapshot`: how it stands to the folder. GRANTs are of one database, and not looked at here. */
export async function statusOfEach(
  context: Context,
  config: Config,
  folder: Folder,
  flags: TenantFlags,
  snapshot: string,
): Promise<Outcome> {
  const started = performance.now();
  const stands = await withTenants(context, config, flags, ({ tenants, database }) =>
    database === null
      ? readStandsOfDatabases(
          folder,
          { ledgerTable: config.ledger, replay: config.replay ?? undefined },
          tenants,
          flags.concurrency,
        )
      : withSession(database, (session) => readStandsOfSchemas(session, folder, tenants)),
  );
  const findings = gatherFindings(stands.map((each) => ({ ...each, tenant: each.tenant.name })));
  if (findings.length > 0) context.fail(findings);
  const exits = stands.map(exitOfStand);
  const summary = summarize(exits);
  const took = performance.now() - started;
  const command = folder.format === 'scripts' && config.replay === null ? (folder.command ?? '…') : null;
  const replay = command === null ? '' : ` --replay "${command}"`;
  const act = summary.disagreed > 0 ? `${actOf(stands)} ${renderTenantFlags(flags)}${replay}` : null;
  return {
    exit: gravest(exits),
    text: [...stands.flatMap(describe), ...renderFleetEnd(summary, act, took, context.look)].join('\n'),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings }),
      snapshot,
      summary,
      tenants: stands.map((each) => ({
        tenant: each.tenant.name,
        migrations: each.stand?.rows ?? null,
        findings: makeJsonReport({ verdict: null, coverage: null, findings: each.findings }).findings,
        exit: exitOfStand(each),
      })),
    },
  };
}

function exitOfStand({ stand, findings }: TenantStand): ExitCode {
  if (stand === null) return exitOf(findings);
  return isAgreed(stand) ? 0 : 1;
}

/** `tenant_7: 2 pending (0051_cost, 0052_index), 1 edited (0001_first)`; no line for one that is all right. */
function describe({ tenant, stand }: TenantStand): readonly string[] {
  if (stand === null) return [`${tenant.name}: could not be read`];
  if (isAgreed(stand)) return [];
  const told = states
    .filter((state) => state !== 'applied' && state !== 'of a newer release')
    .map((state) => ({ state, ids: idsOf(stand, state) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ state, ids }) => `${ids.length} ${state} (${listed(ids)})`);
  return [`${tenant.name}: ${told.join(', ')}`];
}

function idsOf({ rows }: Stand, wanted: Stand['rows'][number]['state']): readonly string[] {
  return rows.filter(({ state }) => state === wanted).map(({ id }) => id);
}

/** What was tampered with no migration mends. */
function actOf(stands: readonly TenantStand[]): string {
  const has = (...wanted: readonly Stand['rows'][number]['state'][]) =>
    stands.some(({ stand }) => stand?.rows.some(({ state }) => wanted.includes(state)) === true);
  return has('edited', 'not in the folder') ? 'npx shipshape verify' : 'npx shipshape migrate';
}
