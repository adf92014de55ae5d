// judgeWithLines: a database judged, and once more with the lines of the models where a finding needs them.
import { lackLines } from '../diagnose/lack-lines.ts';
import { type JudgeOptions, judgeDatabase } from './judge-database.ts';
import type { Judgement } from './judgement.ts';

/** Throws as `judgeDatabase` does, and what reading the lines throws. */
export async function judgeWithLines(
  options: JudgeOptions,
): Promise<Omit<Judgement, 'target' | 'milliseconds'>> {
  const { declaration } = options;
  const judged = await judgeDatabase(options);
  if (declaration?.locate === undefined || !lackLines(judged.findings)) return judged;
  return judgeDatabase({ ...options, declaration: await declaration.locate(), ahead: undefined });
}
