// TypeORM: the statements that its synchronisation would run.
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';
import { database, host, port, user } from './connection.mjs';
import { each, enumOf, labels } from './tables.mjs';

const entities = each(
  (at, name, parent) =>
    new EntitySchema({
      name,
      tableName: name,
      columns: {
        id: { type: 'integer', primary: true, primaryKeyConstraintName: `${name}_pkey` },
        c01: { type: 'text' },
        c02: { type: 'varchar', length: 64, nullable: true },
        c03: { type: 'integer', default: 0 },
        c04: { type: 'bigint', nullable: true },
        c05: { type: 'boolean', default: false },
        c06: { type: 'timestamptz', default: () => 'now()' },
        c07: { type: 'timestamp', nullable: true },
        c08: { type: 'jsonb', nullable: true },
        c09: { type: 'uuid', nullable: true },
        c10: { type: 'numeric', precision: 12, scale: 2, nullable: true },
        c11: { type: 'double precision', nullable: true },
        c12: { type: 'date', nullable: true },
        status: { type: 'enum', enum: labels, enumName: enumOf(at), default: 'one' },
        parent_id: { type: 'integer', nullable: true },
      },
      uniques: [{ name: `${name}_c01_unique`, columns: ['c01'] }],
      indices: [{ name: `${name}_parent`, columns: ['parent_id', 'c06'] }],
      relations: {
        parent: {
          type: 'many-to-one',
          target: parent,
          joinColumn: { name: 'parent_id', foreignKeyConstraintName: `${name}_parent_id_fk` },
          nullable: true,
        },
      },
    }),
);
const source = new DataSource({
  type: 'postgres',
  host,
  port,
  username: user,
  database,
  entities,
});
await source.initialize();
await source.driver.createSchemaBuilder().log();
await source.destroy();
