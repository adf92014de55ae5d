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
import { readExclusion } from './exclusion.ts';
import type { Site, Told } from './told.ts';

/** The columns that have no name of their own in `Table` lead to their sites through `sites`. */
export interface Sites {
  column(databaseName: string): readonly Site[];
  entity: readonly Site[];
}

const cutAll = (names: readonly string[]): readonly string[] => names.map(cutIdentifier);

/** `naming`: how the app names a primary key that has no name of its own. */
export function readParts(
  place: Place,
  metadata: EntityMetadata,
  table: Table,
  sites: Sites,
  naming: (columns: readonly string[]) => string,
): readonly Told[] {
  const primary = table.columns.filter(({ isPrimary }) => isPrimary);
  const columns = primary.map(({ name }) => name);
  return [
    ...(primary.length === 0
      ? []
      : [
          {
            object: {
              kind: 'primary key' as const,
              ...place,
              name: cutIdentifier(primary[0]?.primaryKeyConstraintName ?? naming(columns)),
              columns: cutAll(columns),
            },
            sites: sites.column(columns[0] ?? ''),
          },
        ]),
    ...table.uniques.map(
      ({ name, columnNames, deferrable }): Told => ({
        object: {
          kind: 'unique key',
          ...place,
          name: cutIdentifier(name ?? columnNames.join('_')),
          columns: cutAll(columnNames),
          nullsDistinct: true,
          deferrability: deferrabilityOf(deferrable),
        },
        sites: sitesOfPart(name, columnNames, sites),
      }),
    ),
    ...table.checks.map(
      ({ name, expression }): Told => ({
        object: {
          kind: 'check',
          ...place,
          name: cutIdentifier(name ?? ''),
          expression: expression ?? '',
          validated: true,
        },
        sites: [...textSites(name, sites), ...textSites(expression, sites), ...sites.entity],
      }),
    ),
    ...table.exclusions.flatMap(({ name = '', expression = '', deferrable }): readonly Told[] => {
      const object = readExclusion(place, cutIdentifier(name), expression, deferrabilityOf(deferrable));
      return object === null ? [] : [{ object, sites: [...textSites(name, sites), ...sites.entity] }];
    }),
    ...readIndexes(place, table.indices, sites),
    ...metadata.foreignKeys.map(
      (key): Told => ({
        object: readForeignKey(place, key),
        sites: [...relationSites(metadata, key), ...sites.column(key.columnNames[0] ?? '')],
      }),
    ),
  ];
}

/** Of a table, or of a view that is materialized. */
export function readIndexes(place: Place, indices: Table['indices'], sites: Sites): readonly Told[] {
  return indices.map((index) => ({
    object: readIndex(place, index),
    sites: sitesOfPart(index.name, index.columnNames, sites),
  }));
}

/** Where its name stands; a part of one column is often said at that column. */
function sitesOfPart(name: string | undefined, columns: readonly string[], sites: Sites): readonly Site[] {
  const [only, ...others] = columns;
  return [
    ...textSites(name, sites),
    ...(only !== undefined && others.length === 0 ? sites.column(only) : []),
    ...sites.entity,
  ];
}

/** A column of its own may stand beside the relation that makes a key of it. */
function relationSites(
  { relations }: EntityMetadata,
  key: EntityMetadata['foreignKeys'][number],
): readonly Site[] {
  const relation = relations.find(({ foreignKeys }) => foreignKeys.includes(key));
  return relation === undefined ? [] : [{ target: relation.target, property: [relation.propertyName] }];
}

function textSites(text: string | undefined, { entity }: Sites): readonly Site[] {
  return text === undefined || text === '' ? [] : entity.map((site) => ({ ...site, text }));
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
  // TypeORM's own word for SET DEFAULT.
  if (action === 'DEFAULT') return 'set default';
  return (action?.toLowerCase() ?? 'no action') as ReferentialAction;
}

function deferrabilityOf(deferrable: string | undefined): Deferrability {
  if (deferrable === undefined) return 'not deferrable';
  return /DEFERRED/i.test(deferrable) ? 'initially deferred' : 'deferrable';
}
