// renderTable: a table, and what is said of it when it is there.
import { quoteIdentifier, type Table } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/** `lines`: columns and constraints as SQL. What it is a partition of or inherits from is said later. */
export function renderTable(table: Table, lines: readonly string[], naming: Naming): string {
  const { schema, name, unlogged, foreignServer, partitionBy } = table;
  const what = foreignServer !== undefined ? 'FOREIGN TABLE' : unlogged === true ? 'UNLOGGED TABLE' : 'TABLE';
  const create = `CREATE ${what}${naming.repeatable === true ? ' IF NOT EXISTS' : ''}`;
  return [
    `${create} ${renderName(schema, name, naming)} (${lines.map((line) => `\n  ${line}`).join(',')}${lines.length > 0 ? '\n' : ''})`,
    ...(partitionBy === undefined ? [] : [`PARTITION BY ${partitionBy}`]),
    ...(foreignServer === undefined ? [] : [`SERVER ${quoteIdentifier(foreignServer)}`]),
  ].join(' ');
}

/** A table that is there becomes a partition, or an heir of others (manual, ALTER TABLE). */
export function renderParents(table: Table, naming: Naming): readonly string[] {
  const name = renderName(table.schema, table.name, naming);
  const { partitionOf, inherits = [] } = table;
  return [
    ...(partitionOf === undefined
      ? []
      : [
          `ALTER TABLE ${renderName(partitionOf.schema, partitionOf.name, naming)} ATTACH PARTITION ${name} ${partitionOf.bound}`,
        ]),
    ...inherits.map(
      (parent) => `ALTER TABLE ${name} INHERIT ${renderName(parent.schema, parent.name, naming)}`,
    ),
  ];
}

/** Row security of a table for which nothing has been said yet. */
export function renderRowSecurity(table: Table, naming: Naming): readonly string[] {
  const name = renderName(table.schema, table.name, naming);
  return [
    ...(table.rowSecurity === undefined ? [] : [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`]),
    ...(table.rowSecurity === 'forced' ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
  ];
}
