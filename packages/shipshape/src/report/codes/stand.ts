// Stand: what a run that stopped leaves behind, as several codes tell it.

export interface Stand {
  /** Applied by this run before it stopped. */
  readonly applied: readonly string[];
  /** Still to be done, the one it stopped at first. */
  readonly left: readonly string[];
  /** How far that one came, where it is not one transaction. */
  readonly steps: StepStand | null;
}

export interface StepStand {
  readonly done: number;
  readonly of: number;
  /** A backfill has no number of batches beforehand: what it has changed so far instead. */
  readonly rows: string | null;
}

export function renderStand({ applied, left, steps }: Stand): string {
  const done = applied.length === 0 ? 'this run applied nothing' : `applied and kept: ${applied.join(', ')}`;
  const within = steps === null ? '' : `; of ${left[0]} ${renderSteps(steps)}`;
  return left.length === 0 ? done : `${done}${within}; not applied: ${left.join(', ')}`;
}

function renderSteps({ done, of, rows }: StepStand): string {
  if (rows !== null) return `${rows} ${rows === '1' ? 'row is' : 'rows are'} changed and stay so`;
  if (done === 0) return `none of ${of} steps is done`;
  return `${done === 1 ? `step 1 of ${of} is` : `steps 1 to ${done} of ${of} are`} done and kept`;
}

/** Of the file that it stopped in. */
export function whatIsLost({ steps }: Stand): string {
  if (steps === null) return 'the whole file was rolled back';
  return steps.rows === null ? `step ${steps.done + 1} was not done` : 'the last batch was rolled back';
}
