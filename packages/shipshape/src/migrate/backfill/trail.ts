// Trail: where the batches of a pass ended, so that the next pass need not count its rows anew, and can take many of
// them at once: few of its rows are changed, and rows that are not changed are not locked.
import { type BatchSize, makeBatchSize } from './batch-size.ts';
import type { Cursor } from './cursor.ts';

/** Batches of the pass before in one of the next, at most. */
const longestStride = 64;
const firstStride = 8;
/** Keys that are remembered: a few megabytes. */
const mostMarks = 100_000;

export interface Stride {
  readonly to: string;
  /** That the pass before went through. */
  readonly rows: number;
  readonly batches: number;
}

export interface Trail {
  /** Null where nothing is remembered: in the pass that is remembered, behind its end, and after a fresh start. */
  ahead(cursor: Cursor): Stride | null;
  /** After a batch that was counted. */
  note(cursor: Cursor, to: string, rows: number): void;
  /** After a stride. */
  follow(stride: Stride): void;
  readonly size: BatchSize;
}

export function makeTrail(): Trail {
  const size = makeBatchSize(longestStride, firstStride);
  const marks: { readonly to: string; readonly rows: number }[] = [];
  let pass: number | null = null;
  let at = 0;
  return {
    size,
    note(cursor, to, rows) {
      if (pass === null && cursor.after === null) pass = cursor.pass;
      if (pass === cursor.pass && marks.length < mostMarks) marks.push({ to, rows });
    },
    ahead(cursor) {
      if (pass === null || cursor.pass === pass) return null;
      if (cursor.after === null) at = 0;
      const part = marks.slice(at, at + size.rows);
      const last = part.at(-1);
      if (last === undefined) return null;
      return { to: last.to, rows: part.reduce((sum, { rows }) => sum + rows, 0), batches: part.length };
    },
    follow({ batches }) {
      at += batches;
    },
  };
}
