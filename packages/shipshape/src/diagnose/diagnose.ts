// diagnose: why the database lacks what the code needs, from the three catalogs and the ledger.
import type { Verdict } from '../catalog/index.ts';
import type { Finding } from '../report/index.ts';
import { verdictOf } from '../report/render/verdict.ts';
import { diagnoseBlindness } from './blind.ts';
import { diagnoseShortfall, tellForgotten, tellUnrecorded } from './diagnose-shortfall.ts';
import { locate } from './locate.ts';
import { type DiagnoseInput, makeScene, type Scene, shortfallKey } from './scene.ts';

export interface Diagnosis {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export function diagnose(input: DiagnoseInput): Diagnosis {
  const scene = makeScene(input);
  const blindness = diagnoseBlindness(scene);
  const findings =
    blindness === null
      ? [
          ...input.shortfalls.map((shortfall) => diagnoseShortfall(shortfall, scene)),
          ...diagnoseMigrations(input, scene),
        ]
      : [blindness];
  return { verdict: verdictOf(findings), findings };
}

/** What the migrations do not make, as far as the database has hidden it. */
function diagnoseMigrations({ shortfalls }: DiagnoseInput, scene: Scene): readonly Finding[] {
  const { migrated } = scene;
  if (migrated === null) return [];
  const told = new Set(shortfalls.map(shortfallKey));
  return migrated.shortfalls
    .filter((each) => each.reason !== 'required column unknown' && !told.has(shortfallKey(each)))
    .flatMap((each) => {
      if (locate(each, scene.liveLookup, scene.unqualified) === null) return [tellForgotten(each, scene)];
      // A newer release's migrations may have made it.
      return migrated.ahead.length > 0 ? [] : [tellUnrecorded(each, scene)];
    });
}
