// verify: does this database have what the code needs, and what its migrations made?
import { setFlagsFromString } from 'node:v8';
import { verify } from '../../gate/verify.ts';
import { exitOf } from '../../report/index.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { describeLack } from '../../report/render/start.ts';
import { renderVerdict } from '../../report/render/verdict.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandSource, findSource } from '../demand.ts';
import { openDatabase } from '../open-database.ts';
import type { TenantFlags } from '../tenant-flags.ts';

export async function run(context: Context, fleet: TenantFlags | null): Promise<Outcome> {
  // Models live until the end: room for young things that grows in small steps only has them copied more often.
  setFlagsFromString('--semi-space-growth-factor=16');
  // All is over before V8's optimizing pays; Node 20 has it begin nine times as early. Later versions know no such flag.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=600000');
  const config = readConfig(context.cwd, context.env, context.flags);
  const { migrations, migrationsFormat, snapshot, snapshotExpected } = config;
  // An image without sources has the snapshot.
  const source = snapshot === null ? await demandSource(config) : await findSource(config);
  const options = {
    source,
    folder: migrations,
    format: migrationsFormat,
    snapshotFile: snapshot,
    snapshotExpected,
    ledgerTable: config.ledger,
    severities: config.severities,
  };
  if (fleet !== null) {
    const { verifyEach } = await import('./verify-fleet.ts');
    return verifyEach(context, config, options, fleet);
  }
  const database = await openDatabase(config, context);
  try {
    const judged = await verify({ ...options, target: database.target, thenEnds: true });
    const exit = exitOf(judged.findings);
    const says =
      exit === 0 ? `the database has what ${config.application} needs` : describeLack(judged.findings);
    const { target, milliseconds, searchPath } = judged;
    const look = { ...context.look, searchPath };
    return {
      exit,
      text: renderVerdict({ ...judged, title: `${judged.verdict}: ${says}.` }, look),
      json: { ...makeJsonReport(judged, searchPath), target, milliseconds },
    };
  } finally {
    await database.leave();
  }
}
