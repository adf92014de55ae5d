// Session: a conversation with a PostgreSQL server, whatever driver carries it.

export interface Result<Row> {
  readonly rows: readonly Row[];
  /** The command tag's word: `COMMIT`, `ROLLBACK`, `ALTER TABLE`. */
  readonly command: string;
  readonly rowCount: number | null;
  /** What the server remarked on the whole message that was asked with. */
  readonly notices: readonly Notice[];
}

/** A message of the server that is no error: `column "x" already exists, skipping` (SQLSTATE 42701). */
export interface Notice {
  readonly sqlstate: string;
  readonly message: string;
}

export interface Session {
  /**
   * Runs one statement. Parameters are sent apart from the text (extended protocol, never a named statement); without
   * `values` the text goes as it is and may hold several statements. What is asked while another answer is awaited is
   * sent at once and answered in order. Throws DatabaseError for what the server refuses.
   */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>>;
  /** Runs two statements or more on one way to the server and back (manual 54.2.2.1); their results in order. */
  queryAll(text: string): Promise<readonly Result<unknown>[]>;
  /** `server_version` as the server said it at start: `18.4`, `17.5 (Debian 17.5-1)`. */
  readonly serverVersion: string;
  close(): Promise<void>;
}

/** A session whose backend is its own: what locks, timeouts and fences need. */
export interface OwnSession extends Session {
  /** The backend's pid as the server told it at start (BackendKeyData). */
  readonly pid: number;
  /** Resolves with the reason when the connection is gone, however that came; never rejects. */
  readonly lost: Promise<Error>;
  /**
   * From now on the connection is cut when an answer takes longer: a network that swallows packets answers never, and TCP
   * gives up after a quarter of an hour. Null, as at first, waits without end.
   */
  answerWithin(milliseconds: number | null): void;
  /** As `close`, for a process that ends then: says farewell, and does not wait until the server has ended the session. */
  leave(): void;
  /** Cuts the connection without a farewell. */
  destroy(): void;
}
