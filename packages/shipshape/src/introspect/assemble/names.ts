// What the rows of a reading call relations and columns: numbers, whose names stand in other rows.
import type { TableName } from '../../catalog/index.ts';

interface Inside {
  readonly name: string;
  /** An oid; undefined where it was not read. */
  readonly collation: string | undefined;
}

interface Relation {
  readonly named: TableName;
  /** By number, with holes where columns were dropped. */
  readonly columns: Inside[];
  /** By number; made when it is asked for. */
  positions?: readonly number[];
}

/** A table or view by its oid; its columns by their numbers. */
export class Names {
  readonly #relations = new Map<string, Relation>();

  addRelation(oid: string, { schema, name }: TableName): void {
    this.#relations.set(oid, { named: { schema, name }, columns: [] });
  }

  addColumn(oid: string, number: number, name: string, collation?: string): void {
    this.#found(oid).columns[number] = { name, collation };
  }

  relation(oid: string): TableName {
    return this.#found(oid).named;
  }

  columns(oid: string, numbers: readonly number[]): readonly string[] {
    return numbers.map((number) => this.#column(oid, number).name);
  }

  collation(oid: string, number: number): string | undefined {
    return this.#column(oid, number).collation;
  }

  /** Where a column stands among those that are left, from 1. */
  position(oid: string, number: number): number {
    const relation = this.#found(oid);
    relation.positions ??= rank(relation.columns);
    return relation.positions[number] as number;
  }

  #column(oid: string, number: number): Inside {
    const column = this.#found(oid).columns[number];
    if (column === undefined)
      throw new Error(`a row names column ${number} of relation ${oid}, which was not read`);
    return column;
  }

  #found(oid: string): Relation {
    const found = this.#relations.get(oid);
    if (found === undefined) throw new Error(`a row names relation ${oid}, which was not read`);
    return found;
  }
}

function rank(columns: readonly Inside[]): readonly number[] {
  let before = 0;
  return Array.from(columns, (column: Inside | undefined) => {
    if (column !== undefined) before += 1;
    return before;
  });
}
