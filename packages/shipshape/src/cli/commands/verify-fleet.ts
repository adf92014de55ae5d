// verify --each-schema, --each-url: a line a tenant that is not all right, and one summary.
import { quoteIdentifier } from '../../catalog/index.ts';
import { gravest } from '../../deploy/fleet.ts';
import { someAtATime } from '../../deploy/some-at-a-time.ts';
import { declareOnce } from '../../gate/declare-once.ts';
import type { Judgement } from '../../gate/judgement.ts';
import { type VerifyOptions, verify } from '../../gate/verify.ts';
import { verifySchemas } from '../../gate/verify-schemas.ts';
import type { Target } from '../../postgres/target.ts';
import { byRepair } from '../../report/codes/diagnosis.ts';
import { exitOf, type Finding, ShipshapeError } from '../../report/index.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { renderVerdict } from '../../report/render/verdict.ts';
import type { Config } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { gatherFindings } from '../gather-findings.ts';
import { renderFleetEnd, summarize } from '../render-fleet-end.ts';
import { renderTenantFlags, type TenantFlags } from '../tenant-flags.ts';
import { type Tenants, withTenants } from '../with-tenants.ts';

type Options = Omit<VerifyOptions, 'target'>;

/** What came of one tenant: a judgement, or why there is none. */
interface Verified {
  readonly tenant: string;
  readonly judgement: Judgement | null;
  readonly findings: readonly Finding[];
}

export async function verifyEach(
  context: Context,
  config: Config,
  options: Options,
  flags: TenantFlags,
): Promise<Outcome> {
  const started = performance.now();
  const verified = await withTenants(context, config, flags, ({ tenants, database }) =>
    database === null
      ? verifyDatabases(options, tenants, flags.concurrency)
      : verifyTenants({ ...options, target: database }, tenants, flags),
  );
  const exits = verified.map(({ findings }) => exitOf(findings));
  const summary = summarize(exits);
  const took = performance.now() - started;
  const [only, ...others] = verified;
  return {
    exit: gravest(exits),
    text:
      only !== undefined && others.length === 0
        ? renderOne(only, flags, context)
        : [
            ...verified.flatMap(describe),
            ...renderFleetEnd(summary, actOf(verified, flags), took, context.look),
          ].join('\n'),
    json: {
      ...makeJsonReport({ verdict: null, coverage: null, findings: gatherFindings(verified) }),
      summary,
      tenants: verified.map(({ tenant, judgement, findings }) => {
        const { verdict, coverage } = judgement ?? { verdict: null, coverage: null };
        const { version: _, ...told } = makeJsonReport({ verdict, coverage, findings });
        return { tenant, ...told, exit: exitOf(findings) };
      }),
    },
  };
}

/** The models are read once, and each database by itself. */
async function verifyDatabases(
  { source, ...options }: Options,
  tenants: Tenants['tenants'],
  concurrency: number,
): Promise<readonly Verified[]> {
  const models = source === null ? null : declareOnce(source);
  // What is wrong with the models is nobody's in particular.
  await models?.declare({ origins: 'on demand', extent: 'needed' });
  const told = new Map<string, Verified>();
  const look = async ({ name: tenant, target }: (typeof tenants)[number]) => {
    try {
      const judgement = await verify({ ...options, source: models, target });
      told.set(tenant, { tenant, judgement, findings: judgement.findings });
    } catch (error) {
      if (!(error instanceof ShipshapeError)) throw error;
      told.set(tenant, { tenant, judgement: null, findings: error.findings });
    }
  };
  await someAtATime(tenants, concurrency, () => true, look);
  return tenants.flatMap(({ name }) => told.get(name) ?? []);
}

async function verifyTenants(
  options: Options & { readonly target: Target },
  tenants: Tenants['tenants'],
  flags: TenantFlags,
): Promise<readonly Verified[]> {
  const judged = await verifySchemas(
    options,
    tenants.map(({ scope }) => scope),
  );
  return tenants.flatMap(({ name: tenant, scope }) => {
    const judgement = judged.get(scope);
    if (judgement === undefined) return [];
    const findings = judgement.findings.map((each) => ({
      ...each,
      do: actIn(each.do, judgement, scope, flags),
    }));
    return [{ tenant, judgement: { ...judgement, findings }, findings }];
  });
}

const migrate = 'npx shipshape migrate';

/** What is said of a database, as it is done in a tenant's schema: there is no repair of one. */
function actIn(act: string, { searchPath }: Judgement, schema: string, flags: TenantFlags): string {
  if (act.startsWith(migrate)) return `${migrate} ${renderTenantFlags(flags)}${act.slice(migrate.length)}`;
  return act.replace(byRepair, renderPath(schema, searchPath));
}

/** The tenant's schema, then what the connection looks through by itself. */
function renderPath(schema: string, searchPath: readonly string[]): string {
  const path = [schema, ...searchPath.slice(1), 'public'].map(quoteIdentifier);
  return `SET search_path TO ${path.join(', ')};`;
}

/** No line for one that is all right. */
function describe({ tenant, judgement, findings }: Verified): readonly string[] {
  const [first, ...rest] = findings.filter(({ severity }) => severity === 'error');
  if (first === undefined) return [];
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  return [`${tenant}: ${judgement === null ? '' : `${judgement.verdict}: `}${first.what}${more}`];
}

function actOf(verified: readonly Verified[], flags: TenantFlags): string | null {
  if (verified.some(({ judgement }) => judgement?.verdict === 'pending'))
    return `${migrate} ${renderTenantFlags(flags)}`;
  const bad = verified.find(({ findings }) => exitOf(findings) !== 0);
  if (bad === undefined) return null;
  const one = 'schema' in flags.by ? `--each-schema '${bad.tenant}'` : `--url <that of ${bad.tenant}>`;
  return `npx shipshape verify ${one}     tells all of one`;
}

/** One tenant is told as one database is. */
function renderOne(
  { tenant, judgement, findings }: Verified,
  { by }: TenantFlags,
  { look }: Context,
): string {
  if (judgement === null) {
    const title = `${tenant} could not be read.`;
    return renderVerdict({ title, findings, coverage: null, target: tenant, milliseconds: 0 }, look);
  }
  const { verdict, searchPath } = judgement;
  const title = `${verdict}: ${tenant}.`;
  const text = renderVerdict({ ...judgement, title, findings }, { ...look, searchPath });
  if (!('schema' in by) || findings.length === 0) return text;
  return `${text}\n  SQL above is for ${renderPath(tenant, searchPath)}`;
}
