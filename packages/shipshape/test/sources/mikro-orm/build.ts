// createIn: MikroORM's own schema generator builds the tables of a fixture in a real database.
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import { makeLoader } from '../../../src/code/loader.ts';
import type { Session } from '../../../src/postgres/session.ts';
import type { Fixture } from './fixtures.ts';

export async function createIn(session: Session, { root, config }: Fixture): Promise<void> {
  const loaderFor = await makeLoader(root, [join(root, config)]);
  const load = async (path: string) => (await loaderFor(path).import(path)) as object;
  const { default: exported } = (await load(join(root, config))) as { default: unknown };
  await session.query('CREATE EXTENSION btree_gist');
  for (const each of Array.isArray(exported) ? exported : [exported]) {
    const options = typeof each === 'function' ? await each('default') : each;
    const orm = await MikroORM.init({
      ...options,
      baseDir: root,
      connect: false,
      preferTs: true,
      dynamicImportProvider: load,
      metadataCache: { enabled: false },
      discovery: { tsConfigPath: join(root, 'tsconfig.json') },
    });
    // Tables with a schema of their own, and those of `schema: '*'` in the configured one.
    const schemas = options.schema === undefined ? [undefined] : [undefined, options.schema];
    const scripts = await Promise.all(
      schemas.map((schema) => orm.schema.getCreateSchemaSQL({ wrap: false, schema })),
    );
    const statements = new Set(scripts.flatMap((script) => script.split(/;\n+/)));
    const isKey = (sql: string) => / foreign key /.test(sql);
    for (const sql of [...statements].sort((a, b) => Number(isKey(a)) - Number(isKey(b))))
      await session.query(sql);
  }
}
