// diff: in what do two sides differ: models, migrations, a database, files of SQL, a snapshot?
import { diff } from '../../prove/diff.ts';
import { exitOf } from '../../report/index.ts';
import { renderDifferences } from '../../report/render/differences.ts';
import { makeJsonReport } from '../../report/render/json.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { parseSide } from '../parse-side.ts';

export async function run(context: Context, sides: { from: string; to: string }): Promise<Outcome> {
  const config = readConfig(context.cwd, context.env, context.flags);
  const from = await parseSide(sides.from, config, context);
  try {
    const to = await parseSide(sides.to, config, context);
    try {
      const result = await diff({
        from: from.order,
        to: to.order,
        scratchUrl: config.scratch ?? undefined,
        severities: config.severities,
      });
      const { searchPath, milliseconds } = result;
      return {
        exit: exitOf(result.findings),
        text: renderDifferences(result, { ...context.look, searchPath }),
        json: {
          ...makeJsonReport(result, searchPath),
          from: result.from,
          to: result.to,
          milliseconds,
        },
      };
    } finally {
      await to.leave();
    }
  } finally {
    await from.leave();
  }
}
