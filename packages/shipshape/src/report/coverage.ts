// Coverage: what an answer is about, counted from what was really compared, and what it is not about.

export interface Compared {
  readonly tables: number;
  /** Left out where none is needed. */
  readonly views?: number;
  readonly columns: number;
  readonly uniqueKeys: number;
  readonly enums: number;
  /** Things of other kinds; left out where none are asked about. */
  readonly others?: number;
  /** Left out where everything that is there was compared. */
  readonly notCompared?: readonly NotCompared[];
}

export interface NotCompared {
  /** In the plural where it is counted: `event triggers`. */
  readonly what: string;
  readonly count?: number;
  readonly because?: string;
}

/** The same with more that was not compared. */
export function withoutComparing<Counts extends Compared>(
  coverage: Counts,
  more: readonly NotCompared[],
): Counts {
  const all = [...(coverage.notCompared ?? []), ...more];
  return all.length === 0 ? coverage : { ...coverage, notCompared: all };
}
