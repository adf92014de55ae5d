// Whether what a migration has promised is among what its snapshot has sealed.
import type { Catalog, Kind, MigrationId, SealedTables } from '../catalog/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Told in full by the seal of their table; all else that hangs on a table is not in it. */
const ofTables: ReadonlySet<Kind> = new Set<Kind>([
  'column',
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'exclusion constraint',
  'index',
]);

export function sealsOf({ migrations }: Snapshot): ReadonlyMap<MigrationId, SealedTables> {
  return new Map(migrations.flatMap(({ id, made }) => (made === undefined ? [] : [[id, made] as const])));
}

/** Then a server that says the same seal has kept the promise. */
export function isSealed({ objects }: Catalog, { schemas, tables }: SealedTables): boolean {
  const has = (schema: string, table: string) => schemas.includes(schema) && tables.includes(table);
  return objects.every((each) => {
    if (each.kind === 'table') return has(each.schema, each.name);
    // A table is in it.
    if (each.kind === 'schema')
      return objects.some((one) => one.kind === 'table' && one.schema === each.schema);
    return ofTables.has(each.kind) && 'table' in each && has(each.schema, each.table);
  });
}
