// The one error this package throws on purpose: what happened, because of what, and what to do.

export type EmbeddedErrorCode =
  | 'embedded-package-missing'
  | 'embedded-platform-unsupported'
  | 'embedded-musl'
  | 'embedded-no-user'
  | 'embedded-no-home'
  | 'embedded-folder-unwritable'
  | 'embedded-path-too-long'
  | 'embedded-version-mismatch'
  | 'embedded-start-failed'
  | 'embedded-lost';

export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode;
  readonly because: string;
  readonly do: string;

  /** `what` becomes the message. */
  constructor(code: EmbeddedErrorCode, text: { what: string; because: string; do: string }) {
    super(text.what);
    this.name = 'EmbeddedError';
    this.code = code;
    this.because = text.because;
    this.do = text.do;
  }
}

/** The text of anything thrown, for a `because`. */
export function renderThrown(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Whether a thrown value is a system error with one of these codes, such as `ENOENT`. */
export function hasCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code));
}
