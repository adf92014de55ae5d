// playbook: which calls each part of the story plays; seeds, so that every run plays the same ones.

export interface Played {
  readonly seed: string;
  /** Null: until it is stopped. */
  readonly calls: number | null;
}

/** `playbook.test.ts` holds that these calls show what the judge of the story demands, in every run. */
export const playbook = {
  before: { seed: 'the story: code ahead', calls: 10 },
  during: { seed: 'the story: the old release', calls: null },
  after: { seed: 'the story: the new release', calls: 20 },
} as const satisfies Readonly<Record<string, Played>>;
