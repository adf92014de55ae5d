// The keys, checks and indexes of one entity, named as TypeORM names them.
import type { EntityMetadata, Table } from 'typeorm';
import {
  cutIdentifier,
  type Deferrability,
  type ForeignKey,
  type Index,
  type ReferentialAction,
} from '../../catalog/index.ts';
import type { Place } from './column.ts';
import type { Told } from './told.ts';

type Part = Told['object'];

const cutAll = (names: readonly string[]): readonly string[] => names.map(cutIdentifier);

/** `naming`: how the app names a primary key that has no name of its own. */
export function readParts(
  place: Place,
  metadata: EntityMetadata,
  table: Table,
  naming: (columns: readonly string[]) => string,
): readonly Part[] {
  const primary = table.columns.filter(({ isPrimary }) => isPrimary);
  const columns = primary.map(({ name }) => name);
  return [
    ...(primary.length === 0
      ? []
      : [
          {
            kind: 'primary key' as const,
            ...place,
            name: cutIdentifier(primary[0]?.primaryKeyConstraintName ?? naming(columns)),
            columns: cutAll(columns),
          },
        ]),
    ...table.uniques.map(
      ({ name, columnNames, deferrable }): Part => ({
        kind: 'unique key',
        ...place,
        name: cutIdentifier(name ?? columnNames.join('_')),
        columns: cutAll(columnNames),
        nullsDistinct: true,
        deferrability: deferrabilityOf(deferrable),
      }),
    ),
    ...table.checks.map(
      ({ name, expression }): Part => ({
        kind: 'check',
        ...place,
        name: cutIdentifier(name ?? ''),
        expression: expression ?? '',
        validated: true,
      }),
    ),
    ...table.indices.map((index): Part => readIndex(place, index)),
    ...metadata.foreignKeys.map((key): Part => readForeignKey(place, key)),
  ];
}

function readIndex(place: Place, source: Table['indices'][number]): Index {
  const { type } = source as { readonly type?: string };
  return {
    kind: 'index',
    ...place,
    name: cutIdentifier(source.name ?? ''),
    unique: source.isUnique,
    method: source.isSpatial ? 'gist' : (type ?? 'btree'),
    keys: source.columnNames.map((column) => ({
      expression: cutIdentifier(column),
      opclass: null,
      descending: false,
      nulls: 'last',
    })),
    include: [],
    predicate: source.where ? source.where : null,
    nullsDistinct: true,
    valid: true,
  };
}

function readForeignKey(place: Place, source: EntityMetadata['foreignKeys'][number]): ForeignKey {
  const { referencedEntityMetadata: far } = source;
  return {
    kind: 'foreign key',
    ...place,
    name: cutIdentifier(source.name),
    columns: cutAll(source.columnNames),
    references: {
      schema: far.schema ?? 'public',
      table: cutIdentifier(far.tableName),
      columns: cutAll(source.referencedColumnNames),
    },
    onDelete: actionOf(source.onDelete),
    onUpdate: actionOf(source.onUpdate),
    deferrability: deferrabilityOf(source.deferrable),
    validated: true,
  };
}

function actionOf(action: string | undefined): ReferentialAction {
  return (action?.toLowerCase() ?? 'no action') as ReferentialAction;
}

function deferrabilityOf(deferrable: string | undefined): Deferrability {
  if (deferrable === undefined) return 'not deferrable';
  return /DEFERRED/i.test(deferrable) ? 'initially deferred' : 'deferrable';
}
