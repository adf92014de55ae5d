// Lock: what the one runner that may apply migrations holds.

export interface Heartbeat {
  /** Why the lease is lost, or null while it is held as far as this process's own clock can tell. */
  lostBecause(): string | null;
  /** Asks the server at once. */
  beatNow(): Promise<void>;
  stop(): void;
}

export interface Lock {
  /** Each holder's is greater than the one before. */
  readonly token: string;
  readonly heartbeat: Heartbeat;
}
