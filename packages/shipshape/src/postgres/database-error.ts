// DatabaseError: what the server refused, with its SQLSTATE.

/** PostgreSQL's error fields that anyone here reads (manual 54.8). */
export class DatabaseError extends Error {
  readonly sqlstate: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** 1-based character index into the statement's text, or null. */
  readonly position: number | null;
  /** How many statements of the same text the server had carried out before this one. */
  readonly completed: number;

  constructor(
    message: string,
    fields: {
      sqlstate: string;
      detail?: string | null;
      hint?: string | null;
      position?: number | null;
      completed?: number;
    },
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'DatabaseError';
    this.sqlstate = fields.sqlstate;
    this.detail = fields.detail ?? null;
    this.hint = fields.hint ?? null;
    this.position = fields.position ?? null;
    this.completed = fields.completed ?? 0;
  }
}
