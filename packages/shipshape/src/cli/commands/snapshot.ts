// snapshot: writes what the migrations build and what the code needs beside the migrations.
import { relative } from 'node:path';
import { writeSnapshot } from '../../prove/write-snapshot.ts';
import { exitOf } from '../../report/index.ts';
import { renderFindings } from '../../report/render/findings.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { count } from '../../report/render/wrap.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { demandMigrations, demandSource } from '../demand.ts';

export async function run(context: Context): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const folder = demandMigrations(config);
  const source = await demandSource(config);
  const { outcome, file, snapshot, findings } = await writeSnapshot({
    source,
    ...folder,
    scratchUrl: config.scratch ?? undefined,
  });
  const shown = relative(context.cwd, file) || file;
  const holds = `${count(snapshot.migrations.length, 'migration')}, ${count(snapshot.need.tables.length, 'table')}`;
  const says = {
    written: `✓ wrote ${shown}: ${holds}\n\n  do       git add ${shown}`,
    unchanged: `✓ ${shown} is up to date: ${holds}`,
    refused: `✗ ${shown} was not written: the migrations do not build what the code declares`,
  }[outcome];
  const told = renderFindings(findings, context.look);
  return {
    exit: exitOf(findings),
    text: [says, told].filter(Boolean).join('\n\n'),
    json: { ...makeJsonReport({ verdict: null, coverage: null, findings }), outcome, file },
  };
}
