// The eight cases: in which of the three catalogs something is, and what that means.
import type { Verdict } from '../catalog/index.ts';

export type CaseName =
  | 'agreed'
  | 'lost'
  | 'forgotten'
  | 'unrecorded'
  | 'retired'
  | 'gone by hand'
  | 'unmanaged'
  | 'nothing';

export interface Presence {
  /** The code declares it. */
  readonly declared: boolean;
  /** The migrations make it so. */
  readonly migrated: boolean;
  /** The database has it so. */
  readonly live: boolean;
  /** The migration that makes it is in the ledger. */
  readonly applied: boolean;
}

type Mark = '●' | '○';

/** Declared, migrated, live. "So" asks the same of one aspect: its type, its nullability, its default. */
const cases: Readonly<Record<`${Mark}${Mark}${Mark}`, CaseName>> = {
  '●●●': 'agreed',
  '●●○': 'lost',
  '●○○': 'forgotten',
  '●○●': 'unrecorded',
  '○●●': 'retired',
  '○●○': 'gone by hand',
  '○○●': 'unmanaged',
  '○○○': 'nothing',
};

export function caseOf({ declared, migrated, live }: Presence): CaseName {
  const mark = (present: boolean): Mark => (present ? '●' : '○');
  return cases[`${mark(declared)}${mark(migrated)}${mark(live)}`];
}

/** What the database lacks although a migration makes it is on its way, or was taken away. */
export function verdictOfCase(presence: Presence): Verdict {
  const name = caseOf(presence);
  if (name === 'lost') return presence.applied ? 'drifted' : 'pending';
  return name === 'forgotten' || name === 'unrecorded' ? name : 'agreed';
}
