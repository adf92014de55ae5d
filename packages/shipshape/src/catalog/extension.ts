// An extension that is installed.

export interface Extension {
  readonly kind: 'extension';
  readonly name: string;
  /** Where its objects are. */
  readonly schema: string;
  readonly version: string;
}
