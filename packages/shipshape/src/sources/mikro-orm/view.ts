// One view of MikroORM 7, plain or materialized, and the indexes of the latter.
import {
  cutIdentifier,
  type Index,
  type MaterializedView,
  parseCreateIndex,
  type View,
  type ViewColumn,
} from '../../catalog/index.ts';
import type { DatabaseView, EntityMetadata, Platform } from './orm.ts';

/** `entity`: whose properties name the columns. The view first, then its indexes. */
export function readView(
  source: DatabaseView,
  entity: EntityMetadata | null,
  platform: Platform,
): readonly (View | MaterializedView | Index)[] {
  const viewed = {
    schema: source.schema,
    name: cutIdentifier(source.name),
    columns: entity?.props.flatMap(columnsOf) ?? [],
    definition: source.definition.trim().replace(/;$/, ''),
  };
  if (source.materialized !== true) return [{ kind: 'view', ...viewed }];
  const view = { kind: 'materialized view', ...viewed, populated: source.withData !== false } as const;
  // MikroORM makes no index over what is not there yet.
  return [view, ...(view.populated ? readIndexes(source, platform) : [])];
}

function readIndexes({ schema, name, indexes = [] }: DatabaseView, platform: Platform): readonly Index[] {
  const helper = platform.getSchemaHelper();
  return indexes.flatMap((index) => {
    const statement = parseCreateIndex(helper.getCreateIndexSQL(name, index));
    if (statement === null) return [];
    const { repeatable: _, ...rest } = statement;
    return [{ ...rest, schema, table: cutIdentifier(name), name: cutIdentifier(index.keyName) }];
  });
}

function columnsOf({
  fieldNames = [],
  columnTypes = [],
  persist,
}: EntityMetadata['props'][number]): readonly ViewColumn[] {
  if (persist === false) return [];
  return columnTypes.map((type, at) => ({ name: cutIdentifier(fieldNames[at] ?? ''), type }));
}
