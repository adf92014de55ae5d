// syncInto: Sequelize itself builds the tables of a fixture in a real database.
import { join } from 'node:path';
import pg from 'pg';
import type { Sequelize } from 'sequelize';
import { makeLoader } from '../../../src/code/loader.ts';

/** `models` are as the fixture names them; a pattern means model files whose instance is made here. */
export async function syncInto(url: string, sequelize: Sequelize): Promise<void> {
  const { host, port, user, database } = new pg.Client(url);
  sequelize.addHook('beforeConnect', (config) => {
    Object.assign(config, { host, port, username: user, database, password: null });
  });
  try {
    const schemas = new Set(
      Object.values(sequelize.models).flatMap((model) => schemaOf(model.getTableName())),
    );
    for (const schema of schemas) await sequelize.createSchema(schema, {});
    await sequelize.query('CREATE EXTENSION citext');
    await sequelize.sync();
  } finally {
    await sequelize.close();
  }
}

function schemaOf(name: string | { schema?: string }): readonly string[] {
  return typeof name === 'string' || name.schema === undefined ? [] : [name.schema];
}

export async function importFrom(root: string, path: string): Promise<Record<string, unknown>> {
  const file = join(root, path);
  const loaderFor = await makeLoader(root, [file]);
  return loaderFor(file).import(file);
}
