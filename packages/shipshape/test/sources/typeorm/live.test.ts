// A data source that the app has already: read as it is, connected or not, and left as it is.
import { BaseEntity, DataSource, EntitySchema } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { typeorm } from '../../../src/sources/typeorm/index.ts';
import { urlOf, useDatabases } from './server.ts';

const User = new EntitySchema<{ id: number; mail: string }>({
  name: 'User',
  columns: { id: { type: 'int', primary: true }, mail: { type: 'varchar', length: 80 } },
});

const keys = async (source: DataSource) => {
  const { catalog, origin } = await typeorm({ dataSource: source }).declare({ origins: true });
  expect(origin).toEqual({});
  return catalog.objects.flatMap((each) => (each.kind === 'column' ? [`${each.table}.${each.name}`] : []));
};

describe('live', () => {
  const databases = useDatabases();

  test('not connected: nothing is, and nothing of it is changed', async () => {
    const source = new DataSource({ type: 'postgres', entities: [User], migrations: ['nowhere/*.ts'] });
    expect(await keys(source)).toEqual(['user.id', 'user.mail']);
    expect(source.isInitialized).toBe(false);
    expect(source.entityMetadatas).toEqual([]);
  });

  test('connected: what it has read', async () => {
    const source = new DataSource({ ...urlOf(await databases.make()), entities: [User] });
    await source.initialize();
    try {
      const { entityMetadatas } = source;
      expect(await keys(source)).toEqual(['user.id', 'user.mail']);
      expect(source.entityMetadatas).toBe(entityMetadatas);
    } finally {
      await source.destroy();
    }
  });

  test('of a class of the app', async () => {
    class Own extends DataSource {
      constructor() {
        super({ type: 'postgres', entities: [User] });
      }
    }
    expect(await keys(new Own())).toEqual(['user.id', 'user.mail']);
  });

  test('entities that are active records keep theirs', async () => {
    class Active extends BaseEntity {
      id!: number;
    }
    const schema = new EntitySchema<Active>({
      name: 'Active',
      target: Active,
      columns: { id: { type: 'int', primary: true } },
    });
    const source = new DataSource({ type: 'postgres', entities: [schema] });
    Active.useDataSource(source);
    expect(await keys(source)).toEqual(['active.id']);
    expect((Active as unknown as { dataSource: DataSource }).dataSource).toBe(source);
  });
});
