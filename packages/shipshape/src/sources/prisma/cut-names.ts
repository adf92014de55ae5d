// cutNames: an object with its names as PostgreSQL stores them: cut at 63 bytes (manual 4.1.1).
import { type CatalogObject, cutIdentifier } from '../../catalog/index.ts';

export function cutNames(object: CatalogObject): CatalogObject {
  switch (object.kind) {
    case 'schema':
      return { ...object, schema: cutIdentifier(object.schema) };
    case 'table':
    case 'enum':
      return { ...object, schema: cutIdentifier(object.schema), name: cutIdentifier(object.name) };
    case 'view': {
      const columns = object.columns.map((each) => ({ ...each, name: cutIdentifier(each.name) }));
      return {
        ...object,
        schema: cutIdentifier(object.schema),
        name: cutIdentifier(object.name),
        columns,
      };
    }
    case 'column':
      return { ...object, ...place(object) };
    case 'primary key':
      return { ...object, ...place(object), columns: object.columns.map(cutIdentifier) };
    case 'foreign key': {
      const { schema, table, columns } = object.references;
      const references = {
        schema: cutIdentifier(schema),
        table: cutIdentifier(table),
        columns: columns.map(cutIdentifier),
      };
      return { ...object, ...place(object), columns: object.columns.map(cutIdentifier), references };
    }
    case 'index': {
      const keys = object.keys.map((key) => ({ ...key, expression: cutIdentifier(key.expression) }));
      return { ...object, ...place(object), keys };
    }
    default:
      return object;
  }
}

function place({
  schema,
  table,
  name,
}: {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}) {
  return { schema: cutIdentifier(schema), table: cutIdentifier(table), name: cutIdentifier(name) };
}
