// check: do the migrations build what the code declares, and does the snapshot say so?
import { check } from '../../prove/check.ts';
import { exitOf, type Finding } from '../../report/index.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { renderVerdict } from '../../report/render/verdict.ts';
import { count } from '../../report/render/wrap.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations, demandSource } from '../demand.ts';

export async function run(context: Context): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const folder = demandMigrations(config);
  const source = await demandSource(config);
  const { snapshotExpected, severities } = config;
  const scratchUrl = config.scratch ?? undefined;
  const result = await check({ source, ...folder, snapshotExpected, severities, scratchUrl });
  const exit = exitOf(result.findings);
  const migrations = count(result.migrations, 'migration');
  const says =
    exit === 0
      ? `${migrations} ${result.migrations === 1 ? 'builds' : 'build'} what ${config.application} declares`
      : describe(result.findings);
  const { milliseconds } = result;
  return {
    exit,
    text: renderVerdict(
      { ...result, title: `${result.verdict}: ${says}.`, target: migrations },
      context.look,
    ),
    json: { ...makeJsonReport(result), migrations: result.migrations, milliseconds },
  };
}

function describe(findings: readonly Finding[]): string {
  const errors = findings.filter((each) => each.severity === 'error');
  const [only] = errors;
  if (errors.length === 1 && only !== undefined) return only.what;
  const columns = errors.filter((each) => each.aspect === 'existence' && each.address?.kind === 'column');
  return columns.length === errors.length
    ? `no migration adds ${count(columns.length, 'column')} that the code declares`
    : `migrations and code disagree in ${count(errors.length, 'way')}`;
}
