// BatchSize: how many rows the next batch takes: as many as may be, as few as keep others from waiting.

/** Row locks are held so long at most, more or less. */
const longMs = 500;
const shortMs = 250;
const firstRows = 1000;

export interface BatchSize {
  readonly rows: number;
  /** After a batch: what it took, and whether somebody waited for its locks. */
  note(milliseconds: number, contended: boolean): void;
  /** A batch that did not get its locks in time. */
  shrink(): void;
}

/** Begins small, since what a row costs is not known; never above `limit`. */
export function makeBatchSize(limit: number, first = firstRows): BatchSize {
  let rows = Math.min(limit, first);
  const shrink = () => {
    rows = Math.max(1, Math.floor(rows / 2));
  };
  return {
    get rows() {
      return rows;
    },
    shrink,
    note(milliseconds, contended) {
      if (contended || milliseconds > longMs) shrink();
      else if (milliseconds < shortMs) rows = Math.min(limit, rows * 2);
    },
  };
}
