// Entities that cannot be found, loaded or read: each has its own finding, and nothing is half read.
import { describe, expect, test } from 'vitest';
import { exitOf, type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { mikroOrm } from '../../../src/sources/mikro-orm/index.ts';
import { makeProject } from '../drizzle/project.ts';

async function refusal(files: Readonly<Record<string, string>>, config = 'config.ts'): Promise<Finding> {
  const root = makeProject(files, ['@mikro-orm']);
  const error = await mikroOrm({ config, root })
    .declare({ origins: true })
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(ShipshapeError);
  const { findings } = error as ShipshapeError;
  expect(findings).toHaveLength(1);
  expect(exitOf(findings)).toBe(2);
  return findings[0] as Finding;
}

const imports = "import { defineConfig, EntitySchema } from '@mikro-orm/postgresql';\n";
const schema = (name: string, properties: string, rest = ''): string =>
  `export const ${name} = new EntitySchema({ name: '${name}', properties: { ${properties} } as never${rest} });\n`;
const id = "id: { type: 'integer', primary: true }";

test('a path that no file has', async () => {
  const { code, what } = await refusal({});
  expect(code).toBe('models-not-found');
  expect(what).toMatch(/^no file matches config\.ts in /);
});

test('a configuration that throws while it is loaded', async () => {
  const { code, what } = await refusal({
    'config.ts': `${imports}\nthrow new Error('DATABASE_URL is not set');\n`,
  });
  expect(code).toBe('models-not-loaded');
  expect(what).toBe('config.ts cannot be loaded: DATABASE_URL is not set (config.ts:3)');
});

test('an entity file that throws while MikroORM discovers it: the file, and its line', async () => {
  const { code, what } = await refusal({
    'config.ts': `${imports}export default defineConfig({
  dbName: 'x', entities: ['dist/*.js'], entitiesTs: ['src/*.ts'],
});\n`,
    'src/user.ts': `export const user = 1;\n\nthrow new Error('no user');\n`,
  });
  expect(code).toBe('models-not-loaded');
  expect(what).toBe('src/user.ts cannot be loaded: no user (src/user.ts:3)');
});

describe('no table of PostgreSQL', () => {
  test('a module that exports neither options nor entities', async () => {
    const { code, what } = await refusal({ 'config.ts': 'export const port = 1;\n' });
    expect(code).toBe('models-empty');
    expect(what).toBe('config.ts exports no mikro-orm table of PostgreSQL (only port)');
  });

  test('only a view over an expression', async () => {
    const { code } = await refusal({
      'config.ts': `${imports}${schema('Row', "id: { type: 'integer' }", ", expression: 'select 1 as id'")}`,
    });
    expect(code).toBe('models-empty');
  });
});

describe('what MikroORM itself refuses', () => {
  test('patterns that match no file', async () => {
    const { code, what } = await refusal({
      'config.ts': `${imports}export default defineConfig({ dbName: 'x', entities: ['dist/*.js'] });\n`,
    });
    expect(code).toBe('models-unreadable');
    expect(what).toMatch(
      /^the configuration of MikroORM in config\.ts cannot be read: No entities were discovered/,
    );
  });

  test('a relation to an entity that is nowhere', async () => {
    const { code, what } = await refusal({
      'config.ts': `${imports}${schema('Post', `${id}, author: { kind: 'm:1', entity: 'Author' }`)}`,
    });
    expect(code).toBe('models-unreadable');
    expect(what).toContain('Author');
  });

  test('an entity without a primary key', async () => {
    const { code, what } = await refusal({
      'config.ts': `${imports}${schema('Post', "title: { type: 'string' }")}`,
    });
    expect(code).toBe('models-unreadable');
    expect(what).toContain('Post entity is missing @PrimaryKey()');
  });
});

test('one table of two databases, told differently', async () => {
  const { code, what } = await refusal({
    'config.ts': `${imports}${schema('User', id)}
${schema('Person', `${id}, name: { type: 'string' }`, ", tableName: 'user'")}
const one = new EntitySchema({ name: 'One', tableName: 'user', properties: { id: { type: 'bigint', primary: true } } as never });
export default [
  defineConfig({ dbName: 'a', entities: [User] }),
  defineConfig({ dbName: 'b', contextName: 'b', entities: [one] }),
];\n`,
  });
  expect(code).toBe('models-clash');
  expect(what).toBe('"user".id is declared twice: User.id and One.id');
});

test('entities without a configuration are read with the options that are given', async () => {
  const files = {
    'entities/user.ts': `${imports}${schema('UserAccount', `${id}, fullName: { type: 'string' }`)}`,
  };
  const columnsOf = async (options: object) => {
    const root = makeProject(files, ['@mikro-orm']);
    const source = mikroOrm({ config: 'entities/*.ts', options, root });
    const { catalog } = await source.declare({ origins: false });
    return catalog.objects.flatMap((each) => (each.kind === 'column' ? [`${each.schema}.${each.name}`] : []));
  };
  expect(await columnsOf({})).toEqual(['public.full_name', 'public.id']);
  expect(await columnsOf({ schema: 'crm' })).toEqual(['crm.full_name', 'crm.id']);
});
