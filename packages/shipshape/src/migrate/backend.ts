// Backend: the process of the server that a runner's statements run in.

export interface Backend {
  readonly pid: number;
  /** When it began, as a UTC text: a pid alone may be somebody else's by now. Null where the role may not see it. */
  readonly start: string | null;
  /** Behind a pooler, the transaction in which it works for us: before and after it may be anybody's. */
  readonly onlyIn: string | null;
}
