// What a request is told when it cannot be served (RFC 9457, application/problem+json).

export interface Problem {
  readonly status: number;
  /** The same for every problem of this kind. */
  readonly title: string;
  /** What is wrong this time, and what to do; never SQL, never a phone number. */
  readonly detail?: string;
}

/** Thrown by a handler to answer with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

export function badRequest(detail: string): ProblemError {
  return new ProblemError({ status: 400, title: 'the request cannot be understood', detail });
}
