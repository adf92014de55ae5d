// What keeps entities from being read is said in the app's own names, and nothing is connected, loaded or read by halves.
import { describe, expect, test } from 'vitest';
import { ShipshapeError } from '../../../src/report/index.ts';
import { typeorm } from '../../../src/sources/typeorm/index.ts';
import { makeProject } from '../drizzle/project.ts';

const packages = ['typeorm', 'reflect-metadata', 'typescript'];
const tsconfig = JSON.stringify({
  compilerOptions: {
    target: 'ES2022',
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: false,
  },
});
const entity = (name: string, members: string, table = name.toLowerCase()) =>
  `import { Column, Entity, ManyToOne, PrimaryColumn } from 'typeorm';
@Entity('${table}')
export class ${name} {
  @PrimaryColumn() id: number;
${members}
}
`;

type FileTexts = Readonly<Record<string, string>>;

function open(files: FileTexts, dataSource: string | readonly string[], installed = packages) {
  const root = makeProject({ 'tsconfig.json': tsconfig, ...files }, installed);
  return typeorm({ dataSource, root });
}

async function columnsOf(
  files: FileTexts,
  dataSource: string | readonly string[],
): Promise<readonly string[]> {
  const { catalog } = await open(files, dataSource).declare({ origins: false });
  return catalog.objects.flatMap((each) => (each.kind === 'column' ? [`${each.table}.${each.name}`] : []));
}

async function refusal(files: FileTexts, dataSource: string | readonly string[], installed = packages) {
  try {
    await open(files, dataSource, installed).declare({ origins: false });
  } catch (error) {
    if (error instanceof ShipshapeError && error.findings[0] !== undefined) return error.findings[0];
    throw error;
  }
  throw new Error('it was read');
}

describe('what is refused', () => {
  test('a path that names nothing', async () => {
    expect((await refusal({}, 'src/**/*.entity.ts')).code).toBe('models-not-found');
  });

  test('a module that exports no entity', async () => {
    const { code, what } = await refusal({ 'm.ts': 'export const a = 1;\nexport class B {}\n' }, 'm.ts');
    expect(code).toBe('models-empty');
    expect(what).toBe('m.ts exports no typeorm table of PostgreSQL (only B, a)');
  });

  test('a data source of another database', async () => {
    const text = `import { DataSource } from 'typeorm';\nexport const source = { type: 'cockroachdb', entities: [] };\n`;
    const { code, what } = await refusal({ 'm.ts': text }, 'm.ts');
    expect(code).toBe('models-empty');
    expect(what).toContain('a data source of cockroachdb');
  });

  test('TypeORM that is not installed', async () => {
    const { code } = await refusal({ 'm.ts': 'export const a = 1;\n' }, 'm.ts', ['typescript']);
    expect(code).toBe('orm-not-found');
  });

  test('a relation whose other side is not among the entities: in the words of TypeORM', async () => {
    const text = entity('Post', `  @ManyToOne('Author') author: object;`);
    const { code, what } = await refusal({ 'm.ts': text }, 'm.ts');
    expect(code).toBe('models-unreadable');
    expect(what).toContain('Post#author');
  });

  test('two entities that say the same column differently', async () => {
    const files = {
      'a.ts': entity('Reader', '  @Column() name: string;', 'users'),
      'b.ts': entity('Writer', `  @Column('int') name: number;`, 'users'),
    };
    const { code, what } = await refusal(files, ['a.ts', 'b.ts']);
    expect(code).toBe('models-clash');
    expect(what).toBe('users.name is declared twice: Reader.name and Writer.name');
  });

  test('a view whose query throws', async () => {
    const text = `import { ViewColumn, ViewEntity } from 'typeorm';
@ViewEntity({ expression: () => { throw new Error('no such query'); } })
export class Broken { @ViewColumn() id: number; }
`;
    const { code, what } = await refusal({ 'm.ts': text }, 'm.ts');
    expect(code).toBe('models-unreadable');
    expect(what).toContain('no such query');
  });
});

describe('what is read', () => {
  const user = { 'user.ts': entity('User', '  @Column({ nullable: true }) name: string;') };
  const source = `new DataSource({ type: 'postgres', url: 'postgres://nobody@localhost:1/none', entities: [User] })`;
  const imports = `import { DataSource } from 'typeorm';\nimport { User } from './user';\n`;

  test.each([
    [
      'a data source that is connected while it is imported',
      `export const ready = await ${source}.initialize();`,
    ],
    ['a promise', `export const source = Promise.resolve(${source});`],
    [
      'a factory that connects',
      `export default async () => { const made = ${source}; await made.initialize(); return made; };`,
    ],
    ['a factory by its name', `export function createDataSource() { return ${source}; }`],
    [
      'the options of one',
      `export const options = { type: 'postgres', entities: [User], migrations: ['gone/*.ts'] };`,
    ],
    ['a list of entities', `export const entities = [User];`],
    ['an object of entities by name', `export default ${source.replace('[User]', '{ User }')};`],
    ['what is exported again', `export * from './user';`],
    [
      'a data source exported under two names',
      `const made = ${source};\nexport { made };\nexport default made;`,
    ],
  ])('%s', async (_what, text) => {
    expect(await columnsOf({ ...user, 'm.ts': `${imports}${text}\n` }, 'm.ts')).toEqual([
      'user.id',
      'user.name',
    ]);
  });

  test('two entities of one table, as one', async () => {
    const files = {
      'a.ts': entity('Reader', '  @Column() name: string;', 'users'),
      'b.ts': entity('Writer', '  @Column() mail: string;', 'users'),
    };
    expect(await columnsOf(files, ['a.ts', 'b.ts'])).toEqual(['users.id', 'users.mail', 'users.name']);
  });

  test('a default that TypeORM cannot write itself', async () => {
    const text = entity(
      'Note',
      `  @Column({ default: "it's" }) a: string;\n  @Column({ default: "it''s" }) b: string;`,
    );
    const { catalog } = await open({ 'm.ts': text }, 'm.ts').declare({ origins: false });
    const defaults = catalog.objects.flatMap((each) =>
      each.kind === 'column' ? [`${each.name}: ${each.default}`] : [],
    );
    expect(defaults).toEqual(["a: 'it''s'", "b: 'it''s'", 'id: null']);
  });
});

test('a process that has read may connect afterwards', async () => {
  const { DataSource } = await import('typeorm');
  const { initialize } = DataSource.prototype;
  await columnsOf({ 'user.ts': entity('Later', '') }, 'user.ts');
  expect(DataSource.prototype.initialize).toBe(initialize);
});
