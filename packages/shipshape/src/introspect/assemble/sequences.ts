// Rows of sequences to nouns, or to the columns that own them and are filled from them.
import type { Sequence, SequenceOptions } from '../../catalog/index.ts';
import type { ColumnRow } from '../queries/columns.ts';
import type { SequenceRow } from '../queries/sequences.ts';

const limits: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

export interface Sequences {
  readonly alone: readonly { readonly oid: string; readonly sequence: Sequence }[];
  /** Undefined where the column owns none that fills it; empty where all is usual. */
  of(column: ColumnRow): SequenceOptions | undefined;
}

export function assembleSequences(rows: readonly SequenceRow[]): Sequences {
  const filling = new Map<string, SequenceRow>();
  const alone: { oid: string; sequence: Sequence }[] = [];
  for (const row of rows) {
    const { oid, schema, name, owner } = row;
    const key = owner === null ? '' : keyOf(owner.oid, String(owner.number));
    if (owner?.fills === true && !filling.has(key)) {
      filling.set(key, row);
      continue;
    }
    const ownedBy =
      owner === null ? undefined : { schema: owner.schema, table: owner.table, column: owner.column };
    const options = unusual(row, 'bigint');
    const sequence: Sequence = { kind: 'sequence', schema, name, options, ...(ownedBy ? { ownedBy } : {}) };
    alone.push({ oid, sequence });
  }
  return {
    alone,
    of({ of, b: type, e: number }) {
      const row = filling.size === 0 ? undefined : filling.get(keyOf(of, number));
      return row === undefined ? undefined : unusual(row, type);
    },
  };
}

const keyOf = (table: string, number: string): string => `${table} ${number}`;

/** What CREATE SEQUENCE gives unasked is left out (manual, CREATE SEQUENCE). */
function unusual(row: SequenceRow, usualType: string): SequenceOptions {
  const { type, increment, min, max, start, cache, cycle } = row;
  const ascending = !increment.startsWith('-');
  const [lowest, highest] = limits[type] ?? ['', ''];
  return {
    ...(type === 'bigint' || type === usualType ? {} : { type }),
    ...(start === (ascending ? min : max) ? {} : { start }),
    ...(increment === '1' ? {} : { increment }),
    ...(min === (ascending ? '1' : lowest) ? {} : { min }),
    ...(max === (ascending ? highest : '-1') ? {} : { max }),
    ...(cache === '1' ? {} : { cache }),
    ...(cycle ? { cycle } : {}),
  };
}
