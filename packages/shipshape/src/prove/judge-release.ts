// judgeRelease: where the models and the migrations disagree, and what is wrong with the folder and how it ran.
import { compareModels } from '../compare/compare-models.ts';
import { diagnoseForgotten } from '../diagnose/forgotten.ts';
import type { Folder } from '../migrate/folder.ts';
import { byOrigin, type Finding } from '../report/index.ts';
import type { Release } from './release.ts';
import { tryOrphans } from './try-orphans.ts';

export interface ReleaseJudgement {
  /** What the models and the migrations disagree in. */
  readonly disagreements: readonly Finding[];
  /** What else is to be said of the folder. */
  readonly remarks: readonly Finding[];
}

export async function judgeRelease(folder: Folder, release: Release): Promise<ReleaseJudgement> {
  const { declaration, replay } = release;
  const { differences, declared, migrated } = compareModels(
    release.declared,
    replay.catalog,
    declaration.silence,
  );
  const madeBy = await tryOrphans(folder, release, differences);
  const disagreements = diagnoseForgotten(
    differences,
    { ...declaration, catalog: declared },
    migrated,
    replay.provenance,
    madeBy,
  );
  // Named by what it would make, an orphan is not told again by itself.
  const named = new Set(
    disagreements.filter(({ code }) => code === 'orphaned-migration').map(({ migration }) => migration),
  );
  return {
    disagreements: disagreements.toSorted(byOrigin),
    remarks: [
      ...folder.findings.filter((each) => each.code !== 'migration-orphan' || !named.has(each.migration)),
      ...replay.findings,
    ],
  };
}
