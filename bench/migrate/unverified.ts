// A build of the command that looks at nothing a file has made: for this bench, and nowhere else.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundle } from '../../scripts/bundle.mjs';

export interface UnverifiedBuild {
  /** What the script that runs a build is given. */
  readonly main: string;
  remove(): void;
}

const withoutLook = {
  name: 'without-look',
  load: (id: string) =>
    /[\\/]deploy[\\/]judge-promise\.js$/.test(id)
      ? 'export const makeJudgePromise = () => ({ promiseKept: async () => [], foresee: () => ({ look: null, findings: [] }) });'
      : null,
};

/** All else is as it is: the snapshot is read, and what it has kept of the files' statements is used. */
export async function makeUnverifiedBuild(): Promise<UnverifiedBuild> {
  const main = await bundle('unverified', { plugins: [withoutLook] });
  return { main, remove: () => rmSync(dirname(main), { recursive: true, force: true }) };
}
