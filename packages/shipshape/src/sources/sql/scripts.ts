// A schema's files, read: what each says, and in which order psql would send it.
import type { Statement } from '../../postgres/statement.ts';

export interface SqlFile {
  /** Relative to the project, as people click it. */
  readonly file: string;
  readonly text: string;
}

export interface Step {
  readonly in: SqlFile;
  readonly statement: Statement;
}

/** A file with those it includes, in the order in which psql sends them: one session, with its own settings. */
export interface Script {
  readonly steps: readonly Step[];
}
