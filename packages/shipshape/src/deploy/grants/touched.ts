// Touched: what migrations change and make, as far as a snapshot or a need tells.
import { type Catalog, schemasOf, type TableName } from '../../catalog/index.ts';
import type { Need } from '../../need/need.ts';

export interface Touched {
  readonly schemas: readonly string[];
  /** Tables, views, sequences, types and routines, whatever they are. */
  readonly things: readonly TableName[];
  /** Schemas and extensions that they make themselves. */
  readonly makes: { readonly schemas: readonly string[]; readonly extensions: readonly string[] };
}

export function touchedBy(catalog: Catalog): Touched {
  const { objects } = catalog;
  return {
    schemas: schemasOf(catalog),
    things: objects.flatMap((object) =>
      'name' in object && 'schema' in object && !('table' in object) && object.kind !== 'extension'
        ? [{ schema: object.schema, name: object.name }]
        : [],
    ),
    makes: {
      schemas: objects.flatMap((object) => (object.kind === 'schema' ? [object.schema] : [])),
      extensions: objects.flatMap((object) => (object.kind === 'extension' ? [object.name] : [])),
    },
  };
}

export function touchedFor({ tables, enums }: Need): Touched {
  const things = [...tables, ...enums].map(({ schema, name }) => ({ schema, name }));
  const schemas = [...new Set(things.map(({ schema }) => schema))].sort();
  return { schemas, things, makes: { schemas: [], extensions: [] } };
}
