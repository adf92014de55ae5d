// readView: one view of TypeORM, and the indexes of one that is materialized.
import type { DataSource, EntityMetadata, Table } from 'typeorm';
import type { MaterializedView, View } from '../../catalog/index.ts';
import type { Place } from './column.ts';
import { readIndexes, type Sites } from './parts.ts';
import type { Told } from './told.ts';

/** The server says what the types of its columns are. Throws what a query of the app throws. */
export function readView(
  source: DataSource,
  metadata: EntityMetadata,
  { schema, table: name }: Place,
  sites: Sites,
): readonly Told[] {
  const { expression, indices, tableMetadataArgs } = metadata;
  const definition = typeof expression === 'function' ? expression(source).getQuery() : (expression ?? '');
  const viewed = {
    schema,
    name,
    columns: metadata.columns.map(({ databaseName }) => ({ name: databaseName, type: 'unknown' })),
    definition,
  };
  if (tableMetadataArgs.materialized !== true)
    return [{ object: { kind: 'view', ...viewed } satisfies View, sites: sites.entity }];
  const view: MaterializedView = { kind: 'materialized view', ...viewed, populated: true };
  const told = indices
    .filter(({ synchronize }) => synchronize)
    .map((index) => ({ ...index, columnNames: index.columns.map(({ databaseName }) => databaseName) }));
  return [
    { object: view, sites: sites.entity },
    ...readIndexes({ schema, table: name }, told as unknown as Table['indices'], sites),
  ];
}
