// ToldStatement: a statement of a file, with what a run has to know of it.
import type { Change } from '../catalog/index.ts';
import type { Statement } from '../postgres/statement.ts';

export interface ToldStatement {
  /** As in Statement. */
  readonly text: string;
  readonly line: number;
  /** One a clause; never none. */
  readonly changes: readonly Change[];
  /** The name of a statement that cannot run in a transaction; null for others. */
  readonly outside: string | null;
  /** Whether it leaves as it is what is prepared in the session. A function that is called may do anything. */
  readonly keepsPrepared: boolean;
}

/** With all that the parser says of it. */
export interface ParsedStatement extends Statement, ToldStatement {}
