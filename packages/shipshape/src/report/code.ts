// The form of one entry in the catalogue of codes: data in, what · because · do out.

/**
 * 0 agreed or done · 1 disagreed · 2 asked wrongly · 3 refused · 4 cannot reach or read the database · 5 busy ·
 * 6 a migration failed.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** `error` decides the exit code; `warning` is worth an act; `note` is only told. */
export type Severity = 'error' | 'warning' | 'note';

export interface Code<Data> {
  readonly severity: Severity;
  /** What an `error` of this code exits with. */
  readonly exit: ExitCode;
  /** One line for the list of codes. */
  readonly title: string;
  /** For the code's page: when it comes, in whole sentences. */
  readonly explain: string;
  /** What is the case, with the user's own names. No full stop. */
  readonly what: (data: Data) => string;
  /** Why that matters. No full stop. */
  readonly because: (data: Data) => string;
  /** The next act; can be pasted where that is possible. */
  readonly do: (data: Data) => string;
}

/** Keeps the data's type while checking the entry's form. */
export function defineCode<Data>(entry: Code<Data>): Code<Data> {
  return entry;
}
