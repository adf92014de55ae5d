// A fault of a job that no retry can mend.

/** `message` is logged: it names identifiers, hosts and sizes, never a phone number. */
export class HopelessError extends Error {
  override readonly name = 'HopelessError';
}
