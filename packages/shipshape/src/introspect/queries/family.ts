// Family: facts of one form, and the query that gives them.
import type { Dialect } from './dialect.ts';

export interface Family<Row> {
  readonly name: string;
  /** A SELECT of JSON that gives the fields of a Row; one that starts from the common tables of `ours.ts`. */
  readonly sql: (dialect: Dialect) => string;
  /** Only for the compiler. */
  readonly row?: Row;
}

/** One fact of the catalogue. `fields` is JSON, whose form the family's row type tells. */
export interface FactRow {
  readonly family: string;
  readonly fields: string;
}

/** `fields` and `from` are SQL: the arguments of json_build_object, and all from FROM on. */
export function family<Row>(
  name: string,
  parts: (dialect: Dialect) => { readonly fields: string; readonly from: string },
): Family<Row> {
  return {
    name,
    sql: (dialect) => {
      const { fields, from } = parts(dialect);
      return `
  SELECT '${name}' AS family, json_build_object(${fields})::text AS fields
    ${from.trim()}`;
    },
  };
}
