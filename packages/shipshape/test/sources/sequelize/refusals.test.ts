// Models that cannot be found, loaded or read: each has its own finding, and nothing is half read.
import { describe, expect, test } from 'vitest';
import { exitOf, type Finding, ShipshapeError } from '../../../src/report/index.ts';
import { sequelize } from '../../../src/sources/sequelize/index.ts';
import { makeProject } from '../drizzle/project.ts';

async function refusal(files: Readonly<Record<string, string>>, models = 'models.ts'): Promise<Finding> {
  const root = makeProject(files, ['sequelize', 'sequelize-typescript', 'reflect-metadata']);
  const error = await sequelize({ models, root })
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

const imports = "import { DataTypes, Model, Sequelize } from 'sequelize';\n";
const instance = `${imports}export const sequelize = new Sequelize({ dialect: 'postgres', logging: false });\n`;

test('a path that no file has', async () => {
  const { code, what } = await refusal({}, 'models/*.ts');
  expect(code).toBe('models-not-found');
  expect(what).toMatch(/^no file matches models\/\*\.ts in /);
});

test('a module that throws while it is loaded', async () => {
  const { code, what } = await refusal({
    'models.ts': `${imports}\nnew Sequelize(process.env.NOWHERE as string);\n`,
  });
  expect(code).toBe('models-not-loaded');
  expect(what).toContain('(models.ts:3)');
});

describe('no table of PostgreSQL', () => {
  test('a module that exports something else', async () => {
    const { code, what } = await refusal({
      'models.ts': 'export const port = 1;\nexport const hosts = [];\n',
    });
    expect(code).toBe('models-empty');
    expect(what).toBe('models.ts exports no sequelize table of PostgreSQL (only hosts, port)');
  });

  test('an instance without models', async () => {
    expect(await refusal({ 'models.ts': instance })).toMatchObject({ code: 'models-empty' });
  });

  test('models of another dialect', async () => {
    const { code, what } = await refusal({
      'models.ts': `${imports}class Users extends Model {}
const sequelize = new Sequelize({ dialect: 'mssql', dialectModule: { TYPES: {} }, logging: false });
Users.init({ name: DataTypes.STRING }, { sequelize });
export { sequelize };
`,
    });
    expect(code).toBe('models-empty');
    expect(what).toBe('models.ts exports no sequelize table of PostgreSQL (Users: of another dialect)');
  });
});

describe('a model that nothing initialises', () => {
  test('is told, and where to look', async () => {
    const { code, what } = await refusal({
      'models.ts': `${imports}export class User extends Model {}\n`,
    });
    expect(code).toBe('models-unreadable');
    expect(what).toBe(
      'model User in models.ts cannot be read: nothing here initialises it: name the module that exports the Sequelize instance',
    );
  });

  test('is none where another is derived from it and is initialised', async () => {
    const root = makeProject(
      {
        'models.ts': `${imports}export class Base extends Model {}
export class User extends Base {}
export const initUser = (sequelize: Sequelize) => User.init({ name: DataTypes.STRING }, { sequelize });
`,
      },
      ['sequelize'],
    );
    const { catalog } = await sequelize({ models: 'models.ts', root }).declare({ origins: true });
    expect(catalog.objects.filter(({ kind }) => kind === 'table')).toHaveLength(1);
  });
});

test('a function that makes models and throws', async () => {
  const { code, what } = await refusal({
    'models.ts': `export default (sequelize: { define(name: string): void }) => {
  throw new Error('no such region');
};\n`,
  });
  expect(code).toBe('models-unreadable');
  expect(what).toBe('what default makes in models.ts cannot be read: no such region');
});

test('a function whose first parameter is no Sequelize is never called', async () => {
  const { code } = await refusal({
    'models.ts': `export function connect(url: string) { throw new Error('called'); }\n`,
  });
  expect(code).toBe('models-empty');
});

describe('a model that is read in part', () => {
  test('a type that cannot be written', async () => {
    const { code, what } = await refusal({
      'models.ts': `${instance}sequelize.define('user', { state: { type: DataTypes.ENUM, values: ['a'] } });
Object.assign(sequelize.models.user.tableAttributes.state, { type: { toString() { throw new Error('no such type'); } } });
`,
    });
    expect(code).toBe('models-unreadable');
    expect(what).toBe('attribute state in users (model user) cannot be read: no such type');
  });

  test('a condition of an index that cannot be written', async () => {
    const { code, what } = await refusal({
      'models.ts': `${instance}sequelize.define('user', { name: DataTypes.STRING }, {
  indexes: [{ name: 'users_named', fields: ['name'], where: { name: { $like: {} } } as never }],
});\n`,
    });
    expect(code).toBe('models-unreadable');
    expect(what).toMatch(/^index users_named in users \(model user\) cannot be read: /);
  });

  test('two models of one table that disagree about a column', async () => {
    const { code, what } = await refusal({
      'models.ts': `${instance}sequelize.define('user', { name: DataTypes.STRING }, { timestamps: false });
sequelize.define('person', { name: DataTypes.TEXT }, { tableName: 'users', timestamps: false });\n`,
    });
    expect(code).toBe('models-clash');
    expect(what).toBe('users.name is declared twice: user.name and person.name');
  });
});

test('two models of one table that agree are one table, with all their columns', async () => {
  const root = makeProject(
    {
      'models.ts': `${instance}sequelize.define('user', { name: DataTypes.STRING }, { timestamps: false });
sequelize.define('person', { name: DataTypes.STRING, age: DataTypes.INTEGER }, { tableName: 'users', timestamps: false });\n`,
    },
    ['sequelize'],
  );
  const { catalog } = await sequelize({ models: 'models.ts', root }).declare({ origins: true });
  const columns = catalog.objects.flatMap((each) => (each.kind === 'column' ? [each.name] : []));
  expect(columns).toEqual(['age', 'id', 'name']);
});

describe('what Sequelize would stumble over when it builds, and never when it asks', () => {
  test('attributes instead of columns in an index, TINYINT', async () => {
    const root = makeProject(
      {
        'models.ts': `${instance}sequelize.define('user', { deletedOn: DataTypes.DATEONLY, level: DataTypes.TINYINT }, {
  underscored: true,
  indexes: [{ name: 'alive', fields: ['deletedOn'], where: { deletedOn: null } }],
});\n`,
      },
      ['sequelize'],
    );
    const { catalog } = await sequelize({ models: 'models.ts', root }).declare({ origins: true });
    expect(catalog.objects).toContainEqual(
      expect.objectContaining({
        kind: 'index',
        keys: [expect.objectContaining({ expression: 'deleted_on' })],
        predicate: '"deleted_on" IS NULL',
      }),
    );
    expect(catalog.objects).toContainEqual(expect.objectContaining({ name: 'level', type: 'smallint' }));
  });
});
