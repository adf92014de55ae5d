// An index's row to its noun.
import { type Index, type IndexKey, quoteIdentifier } from '../../catalog/index.ts';
import type { IndexRow, PrintedIndex } from '../queries/indexes.ts';
import type { Names } from './names.ts';

/** Names by oid: of operator classes that are not a type's default, and of collations. */
export interface KeyWords {
  readonly opclasses: ReadonlyMap<string, string>;
  readonly collations: ReadonlyMap<string, string>;
}

export function assembleIndex(row: IndexRow, names: Names, words: KeyWords): Index {
  const table = names.relation(row.table);
  return {
    kind: 'index',
    schema: table.schema,
    table: table.name,
    name: row.name,
    unique: row.unique,
    method: row.method,
    keys: assembleKeys(row, names, words),
    include: names.columns(row.table, row.columns.slice(row.keys)),
    predicate: row.predicate,
    nullsDistinct: !row.nullsNotDistinct,
    valid: row.valid,
  };
}

function assembleKeys(row: IndexRow, names: Names, words: KeyWords): readonly IndexKey[] {
  const said = row.printed === null ? [] : findCollations(row.printed, row.method);
  return row.columns.slice(0, row.keys).map((number, position) => {
    const option = row.options[position] ?? 0;
    const own = String(row.collations[position] ?? 0);
    const usual =
      own === '0' || (number === 0 ? said[position] !== true : own === names.collation(row.table, number));
    const collation = usual ? undefined : words.collations.get(own);
    return {
      expression:
        number === 0
          ? (row.printed?.keys[position] as string)
          : (names.columns(row.table, [number])[0] as string),
      opclass: words.opclasses.get(String(row.opclasses[position])) ?? null,
      descending: (option & 1) !== 0,
      nulls: (option & 2) !== 0 ? 'first' : 'last',
      ...(collation === undefined ? {} : { collation }),
    };
  });
}

/**
 * Which keys have a collation that is not the one of what they index. The catalogue has no collation of an expression:
 * only the printed statement tells, behind each key.
 */
function findCollations({ keys, whole }: PrintedIndex, method: string): readonly boolean[] {
  let at = whole.indexOf(` USING ${quoteIdentifier(method)} (`);
  return keys.map((key, position) => {
    const before = position === 0 ? '(' : ', ';
    at = whole.indexOf(`${before}${key}`, at) + before.length + key.length;
    return whole.startsWith(' COLLATE ', at);
  });
}
