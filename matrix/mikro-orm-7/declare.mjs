// Prints what the entities here declare, as Shipshape reads them, and the SQL that MikroORM 7 makes of them.
import { MikroORM } from '@mikro-orm/postgresql';
import { mikroOrm } from '../../packages/shipshape/dist/sources/mikro-orm/index.js';

const root = import.meta.dirname;
const declaration = await mikroOrm({ config: 'mikro-orm.config.ts', root }).declare({ origins: true });
const { makeLoader } = await import('../../packages/shipshape/dist/code/loader.js');
const file = `${root}/mikro-orm.config.ts`;
const { config } = await (await makeLoader(root, [file]))(file).import(file);
const orm = await MikroORM.init(config);
const sql = await orm.schema.getCreateSchemaSQL({ wrap: false });
process.stdout.write(JSON.stringify({ declaration, sql }));
