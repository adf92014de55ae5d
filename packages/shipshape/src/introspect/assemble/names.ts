// What the rows of a reading call relations and columns: numbers, whose names stand in other rows.
import type { TableName } from '../../catalog/index.ts';

interface Relation {
  readonly named: TableName;
  /** As how many-th it was added. */
  readonly place: number;
  /** In the order of their numbers, with gaps where some were dropped. */
  readonly columns: readonly NumberedColumn[];
}

interface NumberedColumn {
  /** Its name. */
  readonly a: string;
  /** Its number. */
  readonly e: string;
  /** The oid of its collation, where that was read. */
  readonly f: string | null;
}

/** A table or view by its oid; its columns by their numbers. */
export class Names {
  readonly #relations = new Map<string, Relation>();

  add(oid: string, { schema, name }: TableName, columns: readonly NumberedColumn[]): void {
    this.#relations.set(oid, { named: { schema, name }, place: this.#relations.size, columns });
  }

  relation(oid: string): TableName {
    return this.#found(oid).named;
  }

  /** Rows of relations in the order in which those were added, and of one in that of their names. */
  sort<Row extends { readonly table: string; readonly name: string }>(rows: readonly Row[]): readonly Row[] {
    const byPlace: Row[][] = [];
    for (const row of rows) {
      const { place } = this.#found(row.table);
      const others = byPlace[place];
      if (others === undefined) byPlace[place] = [row];
      else others.push(row);
    }
    return byPlace.flatMap((own) => own.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  columns(oid: string, numbers: readonly number[]): readonly string[] {
    return numbers.map((number) => this.#column(oid, number).a);
  }

  collation(oid: string, number: number): string | null {
    return this.#column(oid, number).f;
  }

  #column(oid: string, number: number): NumberedColumn {
    const { columns } = this.#found(oid);
    const asNumbered = columns[number - 1];
    const column =
      asNumbered?.e === String(number) ? asNumbered : columns.find(({ e }) => e === String(number));
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
