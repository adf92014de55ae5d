// An enumerated type.

export interface Enum {
  readonly kind: 'enum';
  readonly schema: string;
  readonly name: string;
  /** In sort order. */
  readonly labels: readonly string[];
}
