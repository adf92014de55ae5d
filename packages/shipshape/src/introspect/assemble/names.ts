// What the rows of a reading call tables and columns: numbers, whose names stand in other rows.
import type { TableName } from '../../catalog/index.ts';

/** A table by its oid; its columns by their numbers. */
export class Names {
  readonly #tables = new Map<string, { readonly table: TableName; readonly columns: string[] }>();

  addTable(oid: string, table: TableName): void {
    this.#tables.set(oid, { table, columns: [] });
  }

  addColumn(oid: string, number: number, name: string): void {
    this.#found(oid).columns[number] = name;
  }

  knows(oid: string): boolean {
    return this.#tables.has(oid);
  }

  table(oid: string): TableName {
    return this.#found(oid).table;
  }

  columns(oid: string, numbers: readonly number[]): readonly string[] {
    const { columns } = this.#found(oid);
    return numbers.map((number) => {
      const name = columns[number];
      if (name === undefined)
        throw new Error(`a row names column ${number} of table ${oid}, which was not read`);
      return name;
    });
  }

  #found(oid: string) {
    const found = this.#tables.get(oid);
    if (found === undefined) throw new Error(`a row names table ${oid}, which was not read`);
    return found;
  }
}
