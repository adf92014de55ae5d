// The progress of a backfill: told once a second, against what the planner thinks is left.
import type { Statement } from '../../postgres/statement.ts';
import type { Migration } from '../migration.ts';
import { makePaceMeter } from '../pace.ts';
import type { Scene } from '../scene.ts';

const tellEveryMs = 1000;

export interface ProgressTeller {
  /** Since the run, or the pass, was begun. */
  readonly begun: boolean;
  /** `rows`: still to be gone through, as far as that is known; for a pass behind one that was seen, that one's. */
  begin(pass: number, rows: number | null): void;
  /** After a batch of so many rows; null for the last of a pass, whose size is not counted. */
  note(rows: number | null): void;
}

export function makeProgressTeller(
  { order }: Scene,
  migration: Migration,
  { line }: Statement,
): ProgressTeller {
  const pace = makePaceMeter();
  let toldAt = performance.now();
  let phase: string | null = null;
  let total: number | null = null;
  let done = 0;
  return {
    get begun() {
      return phase !== null;
    },
    begin(pass, rows) {
      total = phase === null ? rows : done;
      phase = `pass ${pass}`;
      done = 0;
    },
    note(rows) {
      done = rows === null ? Math.max(done, total ?? done) : done + rows;
      if (phase === null || performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      // The estimate was too low when more is done.
      const advance = {
        phase,
        done,
        total: total === null ? null : Math.max(total, done),
        unit: 'rows' as const,
      };
      order.on({ kind: 'progress', migration: migration.id, line, advance, ...pace(advance), blockers: [] });
    },
  };
}
