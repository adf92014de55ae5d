// joinSnapshot: gives a need made from live objects the lines and the printed defaults that the snapshot kept.
import type { Need } from '../need/need.ts';

export function joinSnapshot(need: Need, kept: Need): Need {
  const tables = new Map(kept.tables.map((table) => [JSON.stringify([table.schema, table.name]), table]));
  const enums = new Map(kept.enums.map((each) => [JSON.stringify([each.schema, each.name]), each]));
  return {
    tables: need.tables.map((table) => {
      const known = tables.get(JSON.stringify([table.schema, table.name]));
      const columns = new Map(known?.columns.map((column) => [column.name, column]));
      return {
        ...table,
        origin: table.origin ?? known?.origin ?? null,
        columns: table.columns.map((column) => ({
          ...column,
          // An ORM's own text of a default (`'x'`) is not how the server prints it (`'x'::text`): only the snapshot's is.
          default: columns.get(column.name)?.default ?? null,
          origin: column.origin ?? columns.get(column.name)?.origin ?? null,
        })),
      };
    }),
    enums: need.enums.map((each) => ({
      ...each,
      origin: each.origin ?? enums.get(JSON.stringify([each.schema, each.name]))?.origin ?? null,
    })),
  };
}
