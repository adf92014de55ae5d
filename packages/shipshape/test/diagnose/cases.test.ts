// The eight cases, and what the ledger adds to them.
import { expect, test } from 'vitest';
import { caseOf, verdictOfCase } from '../../src/diagnose/cases.ts';

test.each([
  // declared, migrated, live, applied
  [1, 1, 1, 1, 'agreed', 'agreed'],
  [1, 1, 0, 0, 'lost', 'pending'],
  [1, 1, 0, 1, 'lost', 'drifted'],
  [1, 0, 0, 0, 'forgotten', 'forgotten'],
  [1, 0, 1, 0, 'unrecorded', 'unrecorded'],
  [0, 1, 1, 1, 'retired', 'agreed'],
  [0, 1, 0, 1, 'gone by hand', 'agreed'],
  [0, 0, 1, 0, 'unmanaged', 'agreed'],
  [0, 0, 0, 0, 'nothing', 'agreed'],
])(
  'declared %i, migrated %i, live %i, applied %i: %s, %s',
  (declared, migrated, live, applied, name, verdict) => {
    const presence = {
      declared: declared === 1,
      migrated: migrated === 1,
      live: live === 1,
      applied: applied === 1,
    };
    expect(caseOf(presence)).toBe(name);
    expect(verdictOfCase(presence)).toBe(verdict);
  },
);
