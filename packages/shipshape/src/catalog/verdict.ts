// The answer to "do the code, the migrations and the database agree?".

export type Verdict = 'agreed' | 'pending' | 'forgotten' | 'unrecorded' | 'drifted' | 'tampered' | 'blind';

/** Worst first: when several findings disagree in different ways, the verdict is the first of these. */
export const verdictsByWeight: readonly Verdict[] = [
  'blind',
  'tampered',
  'drifted',
  'forgotten',
  'unrecorded',
  'pending',
  'agreed',
];
