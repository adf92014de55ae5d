// The catalogue of codes: every slug that a finding can carry.
import { baselineCodes } from './codes/baseline.ts';
import { commitCodes } from './codes/commit.ts';
import { configurationCodes } from './codes/configuration.ts';
import { connectionCodes } from './codes/connection.ts';
import { diagnosisCodes } from './codes/diagnosis.ts';
import { differenceCodes } from './codes/difference.ts';
import { fileCodes } from './codes/file.ts';
import { fleetCodes } from './codes/fleet.ts';
import { folderCodes } from './codes/folder.ts';
import { introspectionCodes } from './codes/introspection.ts';
import { kyselyCodes } from './codes/kysely.ts';
import { migrationCodes } from './codes/migration.ts';
import { prismaCodes } from './codes/prisma.ts';
import { proofCodes } from './codes/proof.ts';
import { repairCodes } from './codes/repair.ts';
import { replayCodes } from './codes/replay.ts';
import { snapshotCodes } from './codes/snapshot.ts';
import { sourceCodes } from './codes/source.ts';
import { stepCodes } from './codes/steps.ts';

function allCodes() {
  return {
    ...baselineCodes(),
    ...commitCodes(),
    ...configurationCodes(),
    ...connectionCodes(),
    ...diagnosisCodes(),
    ...differenceCodes(),
    ...fileCodes(),
    ...fleetCodes(),
    ...folderCodes(),
    ...introspectionCodes(),
    ...kyselyCodes(),
    ...migrationCodes(),
    ...prismaCodes(),
    ...proofCodes(),
    ...repairCodes(),
    ...replayCodes(),
    ...snapshotCodes(),
    ...sourceCodes(),
    ...stepCodes(),
  } as const;
}

type Codes = ReturnType<typeof allCodes>;

let made: Codes | undefined;

/** Made when it is first asked for: a start mostly finds nothing, and all that could be found is long to read. */
export function codes(): Codes {
  made ??= allCodes();
  return made;
}

export type Slug = keyof Codes;

/** What a finding of this code is made from. */
export type DataOf<S extends Slug> = Parameters<Codes[S]['what']>[0];
