// A column that no migration adds is told with its line, in whichever way the entity comes by it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { renderAddress } from '../../../src/catalog/index.ts';
import { check } from '../../../src/prove/check.ts';
import { typeorm } from '../../../src/sources/typeorm/index.ts';

const here = dirname(fileURLToPath(import.meta.url));
const folders: string[] = [];
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
afterAll(() => server.stop());

const options = {
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  target: 'ES2022',
  useDefineForClassFields: false,
  strictPropertyInitialization: false,
};
const migration = 'CREATE TABLE users (id integer PRIMARY KEY, name varchar NOT NULL);';

/** What `check` says of entities whose table lacks one column: `users.added (entities/base.ts:5)`. */
async function told(files: Readonly<Record<string, string>>, dataSource: string): Promise<readonly string[]> {
  const root = mkdtempSync(join(here, '.copy-'));
  folders.push(root);
  const all = {
    'tsconfig.json': JSON.stringify({ compilerOptions: options }),
    'migrations/0001_users.sql': migration,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { findings } = await check({
    source: typeorm({ dataSource, root }),
    folder: join(root, 'migrations'),
    snapshotFile: join(root, 'none.json'),
    scratchUrl: server.url('postgres'),
  });
  return findings
    .filter(({ code }) => code === 'forgotten-migration')
    .map(({ address, origin, severity }) => {
      const where = address === undefined ? '' : renderAddress(address);
      return `${severity} ${where} (${origin?.file}:${origin?.line})`;
    });
}

const user = (
  base: string,
  members: string,
  imports = '',
): string => `import { Column, Entity, PrimaryColumn } from 'typeorm';
${imports}
@Entity('users')
export class User ${base}{
  @PrimaryColumn() id: number;
  @Column() name: string;
${members}
}
`;

test('in the entity itself', async () => {
  const files = { 'src/user.ts': user('', '  @Column({ nullable: true })\n  added: string;') };
  expect(await told(files, 'src/*.ts')).toEqual(['error users.added (src/user.ts:8)']);
});

test('in a class that it extends, by a data source with a pattern of files', async () => {
  const files = {
    'src/data-source.ts': `import { DataSource } from 'typeorm';
export default new DataSource({ type: 'postgres', entities: ['src/entities/**/*.entity.ts'] });
`,
    'src/entities/base.ts': `import { Column } from 'typeorm';
export abstract class Base {

  @Column()
  added: Date;
}
`,
    'src/entities/people/user.entity.ts': user('extends Base ', '', "import { Base } from '../base';"),
  };
  expect(await told(files, 'src/data-source.ts')).toEqual(['error users.added (src/entities/base.ts:5)']);
});

test('in a class that is embedded, under a prefix', async () => {
  const files = {
    'src/address.ts': `import { Column } from 'typeorm';
export class Address {
  @Column({ nullable: true }) street?: string;
}
`,
    'src/user.ts': user(
      '',
      '  @Column(() => Address) home: Address;',
      "import { Address } from './address';",
    ),
  };
  expect(await told(files, 'src/user.ts')).toEqual(['error users."homeStreet" (src/address.ts:3)']);
});

test('in what a mixin adds', async () => {
  const files = {
    'src/stamped.ts': `import { Column } from 'typeorm';
export function Stamped<T extends new (...args: any[]) => object>(base: T) {
  abstract class Mixed extends base {
    @Column() added: Date;
  }
  return Mixed;
}
`,
    'src/user.ts': user('extends Stamped(Object) ', '', "import { Stamped } from './stamped';"),
  };
  expect(await told(files, 'src/user.ts')).toEqual(['error users.added (src/stamped.ts:4)']);
});

test('in a schema whose columns are put together', async () => {
  const files = {
    'src/user.ts': `import { EntitySchema } from 'typeorm';
const stamps = {
  added: { type: 'timestamp', nullable: true },
} as const;
export const User = new EntitySchema({
  name: 'User',
  tableName: 'users',
  columns: { id: { type: 'int', primary: true }, name: { type: 'varchar' }, ...stamps },
});
`,
  };
  expect(await told(files, 'src/user.ts')).toEqual(['error users.added (src/user.ts:3)']);
});

test('in a class whose names a naming strategy makes', async () => {
  const files = {
    'src/data-source.ts': `import { DataSource, DefaultNamingStrategy } from 'typeorm';
import { User } from './user';
class Snake extends DefaultNamingStrategy {
  columnName(property: string) {
    return property.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());
  }
}
export async function make() {}
export default async () => new DataSource({ type: 'postgres', entities: [User], namingStrategy: new Snake() });
`,
    'src/user.ts': user('', '  @Column({ nullable: true }) lastSeenAt: Date;'),
  };
  expect(await told(files, 'src/data-source.ts')).toEqual(['error users.last_seen_at (src/user.ts:7)']);
});

test('in a list of columns that a loop decorates', async () => {
  const files = {
    'src/user.ts': `${user('', '')}for (const name of ['added']) Column({ type: 'int', nullable: true })(User.prototype, name);
`,
  };
  expect(await told(files, 'src/user.ts')).toEqual(['error users.added (src/user.ts:4)']);
});

test('in an entity that is exported again, and whose name another class has', async () => {
  const files = {
    'src/aaa.ts': `export class User {
  added: string;
}
`,
    'src/index.ts': `import './aaa';
export * from './deep/user';
`,
    'src/deep/user.ts': user('', '  @Column({ nullable: true }) added: string;'),
  };
  expect(await told(files, 'src/index.ts')).toEqual(['error users.added (src/deep/user.ts:7)']);
});

test('in a child of single-table inheritance', async () => {
  const files = {
    'src/user.ts': `import { ChildEntity, Column, Entity, PrimaryColumn, TableInheritance } from 'typeorm';
@Entity('users')
@TableInheritance({ column: { type: 'varchar', name: 'name' } })
export class User {
  @PrimaryColumn() id: number;
}
@ChildEntity()
export class Guest extends User {
  @Column() added: string;
}
`,
  };
  const findings = await told(files, 'src/user.ts');
  expect(findings).toContain('error users.added (src/user.ts:9)');
});

test('in the schema of an embedded one, which another module brings', async () => {
  const files = {
    'src/address.ts': `import { EntitySchema } from 'typeorm';
export const Address = new EntitySchema({
  name: 'Address',
  columns: {
    street: { type: 'varchar', nullable: true },
  },
});
`,
    'src/user.ts': `import { EntitySchema } from 'typeorm';
import { Address } from './address';
export const User = new EntitySchema({
  name: 'User',
  tableName: 'users',
  columns: { id: { type: 'int', primary: true }, name: { type: 'varchar' } },
  embeddeds: { home: { schema: Address } },
});
`,
  };
  expect(await told(files, 'src/user.ts')).toEqual(['error users."homeStreet" (src/address.ts:5)']);
});

test('in the base that is imported, when another has its name', async () => {
  const base = (member: string) => `import { Column } from 'typeorm';
export abstract class Base {
  ${member}
}
`;
  const files = {
    'src/a/base.ts': base('added: string;'),
    'src/b/base.ts': base('\n  @Column({ nullable: true }) added: string;'),
    'src/a.ts': `export * from './a/base';\n`,
    'src/user.ts': `import './a';\n${user('extends Kept ', '', "import { Base as Kept } from './b/base';")}`,
  };
  expect(await told(files, 'src/user.ts')).toEqual(['error users.added (src/b/base.ts:4)']);
});
