// judgeWithLines: a database judged, and once more with the lines of the models where a finding needs them.
import { type JudgeOptions, judgeDatabase } from './judge-database.ts';
import type { Judgement } from './judgement.ts';

/** Throws as `judgeDatabase` does, and what reading the lines throws. */
export async function judgeWithLines(
  options: JudgeOptions,
): Promise<Omit<Judgement, 'target' | 'milliseconds'>> {
  const { declaration } = options;
  const judged = await judgeDatabase(options);
  // Lines are for findings about things that the models declare.
  const isUnlocated = judged.findings.some(
    ({ address, origin }) => address !== undefined && origin === undefined,
  );
  if (!isUnlocated || declaration?.locate === undefined) return judged;
  return judgeDatabase({ ...options, declaration: await declaration.locate(), ahead: undefined });
}
