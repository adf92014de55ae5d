// Step: one statement of a migration whose statements commit by themselves.
import type { Session } from '../../postgres/session.ts';
import type { Statement } from '../../postgres/statement.ts';
import type { JournalStep } from '../journal.ts';
import type { Migration } from '../migration.ts';
import type { ParsedStatement } from '../told-statement.ts';

export interface Step {
  readonly migration: Migration;
  readonly statement: ParsedStatement;
  /** 0-based, among all statements of the file. */
  readonly position: number;
  /** 1-based, among its steps: a SET is none. */
  readonly number: number;
  readonly checksum: string;
  /** What the file has SET before it, in order. */
  readonly settings: readonly Statement[];
  /** The attempt before, when it may have left something behind. */
  readonly begun: Pick<JournalStep, 'expects' | 'startedAt'> | null;
  /** Of earlier attempts. */
  readonly attempts: number;
}

/** What is to be seen of a step that has no transaction, before it is begun and after it was cut off. */
export type Look = { readonly expects: unknown } & (
  | { readonly state: 'not done' }
  /** `words`: what there is. */
  | { readonly state: 'done'; readonly words: string }
  /** `clear` is run first, statement by statement; then `instead`, or else the step's own statement. */
  | {
      readonly state: 'half done';
      readonly words: string;
      readonly clear: readonly string[];
      readonly instead: string | null;
    }
  /** Somebody else's session is at it. */
  | { readonly state: 'being built'; readonly pid: number; readonly what: string }
  | {
      readonly state: 'another';
      readonly what: string;
      readonly expected: string;
      readonly found: string;
      readonly drop: string;
    }
);

/**
 * In a transaction that is rolled back afterwards, and in which the file's settings hold. Null for a statement that it
 * is not about.
 */
export type Looker = (session: Session, step: Step) => Promise<Look> | null;

/** What a file SETs lasts to its end, whichever attempt a later step is run in: it is no step itself. */
export function isSetting({ node }: Statement): boolean {
  return 'VariableSetStmt' in node && node.VariableSetStmt.is_local !== true;
}
