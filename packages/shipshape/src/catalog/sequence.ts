// Sequences that stand by themselves. One that a serial or identity column owns is part of that column.

/** Each where it is not what CREATE SEQUENCE gives unasked for the type (manual, CREATE SEQUENCE). Numbers as text: they are bigint. */
export interface SequenceOptions {
  /** `smallint` or `integer`; left out for `bigint`, and for a column's sequence that has the column's type. */
  readonly type?: string;
  readonly start?: string;
  readonly increment?: string;
  readonly min?: string;
  readonly max?: string;
  readonly cache?: string;
  readonly cycle?: true;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly schema: string;
  readonly name: string;
  readonly options: SequenceOptions;
  /** The column with which it is dropped, where that column is not filled from it. */
  readonly ownedBy?: { readonly schema: string; readonly table: string; readonly column: string };
}
