// The line of a property, in whichever class declares it.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openCode } from '../../src/code/origins.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** `file:line` of the property `added` of the class `User` in `user.ts`, with all that it brings. */
async function find(files: Readonly<Record<string, string>>): Promise<string | null> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-members-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const code = await openCode(root);
  const reached = code?.reach([join(root, 'user.ts')]) ?? [];
  const declaration = code?.findClass(reached, 'User');
  const node = declaration == null ? null : code?.findMember(reached, declaration, 'added');
  if (code == null || node == null) return null;
  const { file, line } = code.origin(node);
  return `${file}:${line}`;
}

/** Reached first, so that a search by name alone would stop there. */
const decoy = {
  'decoy.ts': 'export class Base { added = 1; }\nexport function Mixed() { return class { added = 1; }; }\n',
};

test.each<[string, Readonly<Record<string, string>>, string | null]>([
  ['its own', { 'user.ts': 'export class User {\n  @Column() added: string;\n}' }, 'user.ts:2'],
  [
    'of the constructor',
    { 'user.ts': 'export class User {\n  constructor(\n    readonly added: string) {}\n}' },
    'user.ts:3',
  ],
  [
    'of a base in the same file',
    {
      ...decoy,
      'user.ts': `import './decoy';\nclass Base { added = 1; }\nexport class User extends Base {}`,
    },
    'user.ts:2',
  ],
  [
    'of a base that is imported',
    {
      ...decoy,
      'deep/base.ts': '\nexport class Base { added = 1; }',
      'user.ts': `import './decoy';\nimport { Base } from './deep/base';\nexport class User extends Base {}`,
    },
    'deep/base.ts:2',
  ],
  [
    'of a base under another name',
    {
      ...decoy,
      'base.ts': '\n\nexport class Base { added = 1; }',
      'user.ts': `import './decoy';\nimport { Base as Kept } from './base';\nexport class User extends Kept {}`,
    },
    'base.ts:3',
  ],
  [
    'of a base through an index',
    {
      'lib/base.ts': '\nexport class Base { added = 1; }',
      'lib/index.ts': `export * from './base';`,
      'user.ts': `import { Base } from './lib';\nexport class User extends Base {}`,
    },
    'lib/base.ts:2',
  ],
  [
    'of what a mixin makes',
    {
      ...decoy,
      'mixed.ts': 'export const Mixed = (base: any) =>\n  class extends base { added = 1; };',
      'user.ts': `import './decoy';\nimport { Mixed } from './mixed';\nexport class User extends Mixed(Object) {}`,
    },
    'mixed.ts:2',
  ],
  [
    'of what a mixin is given',
    {
      'base.ts': 'export class Base { added = 1; }',
      'user.ts': `import { Base } from './base';\nconst Mixed = (base: any) => class extends base {};\nexport class User extends Mixed(Base) {}`,
    },
    'base.ts:1',
  ],
  [
    'of classes that extend each other',
    { 'user.ts': 'class Base extends User {}\nexport class User extends Base {}' },
    null,
  ],
])('%s', async (_what, files, expected) => {
  expect(await find(files)).toBe(expected);
});
