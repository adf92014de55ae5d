// MikroORM: the update that it would make.
import { EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import { database, host, port, user } from './connection.mjs';
import { each, enumOf, labels } from './tables.mjs';

const entities = each(
  (at, name, parent) =>
    new EntitySchema({
      name,
      tableName: name,
      uniques: [{ name: `${name}_c01_unique`, properties: ['c01'] }],
      indexes: [{ name: `${name}_parent`, properties: ['parent', 'c06'] }],
      properties: {
        id: { type: 'integer', primary: true, autoincrement: false },
        c01: { type: 'text' },
        c02: { type: 'string', length: 64, nullable: true },
        c03: { type: 'integer', default: 0 },
        c04: { type: 'bigint', nullable: true },
        c05: { type: 'boolean', default: false },
        c06: { type: 'datetime', columnType: 'timestamptz', defaultRaw: 'now()' },
        c07: { type: 'datetime', columnType: 'timestamp', nullable: true },
        c08: { type: 'json', nullable: true },
        c09: { type: 'uuid', nullable: true },
        c10: { type: 'decimal', precision: 12, scale: 2, nullable: true },
        c11: { type: 'double', nullable: true },
        c12: { type: 'date', nullable: true },
        status: { enum: true, items: labels, nativeEnumName: enumOf(at), default: 'one' },
        parent: { kind: 'm:1', entity: () => parent, nullable: true, fieldName: 'parent_id', index: false },
      },
    }),
);
const orm = await MikroORM.init({
  entities,
  host,
  port,
  user,
  dbName: database,
  discovery: { warnWhenNoEntities: false },
});
await orm.schema.getUpdateSchemaSQL({ wrap: false });
await orm.close(true);
