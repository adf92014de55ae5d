// joinSnapshot: gives a need made from live objects the lines and the printed defaults that the snapshot kept.
import type { ColumnNeed, Need } from '../need/need.ts';

export function joinSnapshot(need: Need, kept: Need): Need {
  const tables = new Map(kept.tables.map((table) => [JSON.stringify([table.schema, table.name]), table]));
  const enums = new Map(kept.enums.map((each) => [JSON.stringify([each.schema, each.name]), each]));
  return {
    tables: need.tables.map((table) => {
      const known = tables.get(JSON.stringify([table.schema, table.name]));
      const columns = known && new Map(known.columns.map((column) => [column.name, column]));
      return {
        ...table,
        origin: table.origin ?? known?.origin ?? null,
        columns: table.columns.map((column) => joinColumn(column, columns?.get(column.name))),
      };
    }),
    enums: need.enums.map((each) => ({
      ...each,
      origin: each.origin ?? enums.get(JSON.stringify([each.schema, each.name]))?.origin ?? null,
    })),
  };
}

/** Nearly all stay as they are. */
function joinColumn(column: ColumnNeed, known: ColumnNeed | undefined): ColumnNeed {
  // An ORM's own text of a default (`'x'`) is not how the server prints it (`'x'::text`): only the snapshot's is.
  const text = known?.default ?? null;
  const origin = column.origin ?? known?.origin ?? null;
  return text === column.default && origin === column.origin ? column : { ...column, default: text, origin };
}
