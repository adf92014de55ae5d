// Model files are loaded as projects write them, or it is said what keeps them from being loaded.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type LoadedModule, loadModules } from '../../src/code/modules.ts';
import { ShipshapeError } from '../../src/report/index.ts';

const installed = join(dirname(fileURLToPath(import.meta.url)), '../../../../node_modules');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type FileTexts = Readonly<Record<string, string>>;

/** Writes the files; `links` are paths below `node_modules` and what they lead to. */
function makeProject(files: FileTexts, links: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-modules-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const all = {
    typescript: join(installed, 'typescript'),
    'reflect-metadata': join(installed, 'reflect-metadata'),
    ...links,
  };
  for (const [name, target] of Object.entries(all)) {
    const path = join(root, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target.startsWith('/') ? target : join(root, target), path);
  }
  return root;
}

async function load(root: string, ...patterns: readonly string[]): Promise<readonly LoadedModule[]> {
  return (await loadModules('drizzle', root, patterns)).modules;
}

/** What the first file exports. */
async function exportsOf(files: FileTexts, file: string, links = {}): Promise<LoadedModule['exports']> {
  const [module] = await load(makeProject(files, links), file);
  return { ...module?.exports };
}

const decorators = JSON.stringify({
  compilerOptions: {
    target: 'ES2021',
    module: 'commonjs',
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  },
});
/** A decorator that keeps what it is told of types. */
const keep = `import 'reflect-metadata';
export const types: Record<string, string> = {};
export function Keep(): any {
  return (target: object, name: string) => {
    const type = Reflect.getMetadata('design:type', target, name);
    types[name] = type === undefined ? 'undefined' : type.name;
  };
}
`;

describe('imports', () => {
  test.each<[string, FileTexts, Readonly<Record<string, string>>]>([
    [
      'paths of the nearest tsconfig',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
        'src/m.ts': `export { x } from '@lib/x';`,
        'lib/x.ts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      'paths of a tsconfig that is extended',
      {
        'base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["lib/*"] } } }',
        'tsconfig.json': '{ "extends": "./base.json" } // as people write it',
        'src/m.ts': `export { x } from '@lib/x';`,
        'lib/x.ts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      'paths of a tsconfig that a package brings',
      {
        'tsconfig.json':
          '{ "extends": "@team/tsconfig/base.json", "compilerOptions": { "paths": { "~/*": ["./lib/*"] } } }',
        'src/m.ts': `export { x } from '~/x';`,
        'lib/x.ts': 'export const x: number = 1;',
        'shared/package.json': '{ "name": "@team/tsconfig" }',
        'shared/base.json': '{ "compilerOptions": { "strict": true } }',
      },
      { '@team/tsconfig': 'shared' },
    ],
    [
      'an exact path',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "lib": ["./lib/x.ts"] } } }',
        'src/m.ts': `export { x } from 'lib';`,
        'lib/x.ts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      'baseUrl alone',
      {
        'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./src" } }',
        'src/m.ts': `export { x } from 'lib/x';`,
        'src/lib/x.ts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      'imports of package.json',
      {
        'package.json': '{ "imports": { "#lib/*": "./lib/*.ts" } }',
        'src/m.ts': `export { x } from '#lib/x';`,
        'lib/x.ts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      'imports of package.json that lead to the build',
      {
        'package.json': '{ "imports": { "#lib/*": "./lib/*.js" } }',
        'src/m.ts': `export { x } from '#lib/x';`,
        'lib/x.ts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      'a workspace package whose main is TypeScript',
      {
        'src/m.ts': `export { x } from '@team/lib';`,
        'packages/lib/package.json': '{ "name": "@team/lib", "main": "src/index.ts" }',
        'packages/lib/src/index.ts': `export { x } from './x';`,
        'packages/lib/src/x.ts': 'export const x: number = 1;',
      },
      { '@team/lib': 'packages/lib' },
    ],
    [
      'a workspace package that exports TypeScript',
      {
        'src/m.ts': `export { x } from '@team/lib/x';`,
        'packages/lib/package.json':
          '{ "name": "@team/lib", "type": "module", "exports": { "./*": { "import": "./src/*.ts" } } }',
        'packages/lib/src/x.ts': `import { y } from './y.js';\nexport const x: number = y;`,
        'packages/lib/src/y.ts': 'export const y: number = 1;',
      },
      { '@team/lib': 'packages/lib' },
    ],
    [
      'a workspace package with aliases of its own',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        'src/m.ts': `export { x } from '@team/lib';`,
        'src/x.ts': 'export const x: number = 2;',
        'packages/lib/package.json': '{ "name": "@team/lib", "main": "src/index.ts" }',
        'packages/lib/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        'packages/lib/src/index.ts': `export { x } from '@/x';`,
        'packages/lib/src/x.ts': 'export const x: number = 1;',
      },
      { '@team/lib': 'packages/lib' },
    ],
    [
      'a workspace package that is not built, whose types are TypeScript',
      {
        'src/m.ts': `export { x } from '@team/lib';`,
        'packages/lib/package.json':
          '{ "name": "@team/lib", "main": "dist/index.js", "types": "src/index.ts" }',
        'packages/lib/src/index.ts': 'export const x: number = 1;',
      },
      { '@team/lib': 'packages/lib' },
    ],
    [
      'a condition that the tsconfig adds',
      {
        'tsconfig.json': '{ "compilerOptions": { "customConditions": ["source"] } }',
        'src/m.ts': `import { x as y } from "@team/lib";\nexport const x: number = y;`,
        'packages/lib/package.json':
          '{ "name": "@team/lib", "exports": { "source": "./src/index.ts", "default": "./dist/index.js" } }',
        'packages/lib/src/index.ts': 'export const x: number = 1;',
      },
      { '@team/lib': 'packages/lib' },
    ],
    [
      '.js that means .ts',
      { 'src/m.ts': `export { x } from './x.js';`, 'src/x.ts': 'export const x: number = 1;' },
      {},
    ],
    [
      'a folder that means its index',
      { 'src/m.ts': `export { x } from './lib';`, 'src/lib/index.ts': 'export const x: number = 1;' },
      {},
    ],
    [
      'JSON',
      { 'src/m.ts': `import data from './x.json';\nexport const x = data.x;`, 'src/x.json': '{ "x": 1 }' },
      {},
    ],
    [
      'JSON with attributes',
      {
        'package.json': '{ "type": "module" }',
        'src/m.ts': `import data from './x.json' with { type: 'json' };\nexport const x = data.x;`,
        'src/x.json': '{ "x": 1 }',
      },
      {},
    ],
    [
      'import.meta',
      {
        'package.json': '{ "type": "module" }',
        'src/m.ts': `export const x = import.meta.url.endsWith('/src/m.ts') && import.meta.dirname.endsWith('/src') ? 1 : import.meta.dirname;`,
      },
      {},
    ],
    [
      'top-level await',
      { 'package.json': '{ "type": "module" }', 'src/m.ts': `export const x = await Promise.resolve(1);` },
      {},
    ],
    [
      'top-level await of what is imported',
      {
        'package.json': '{ "type": "module" }',
        'src/m.ts': `import { y } from './y.js';\nexport const x: number = y;`,
        'src/y.ts': 'export const y = await Promise.resolve(1);',
      },
      {},
    ],
    ['__dirname', { 'src/m.ts': `export const x = __dirname.endsWith('/src') ? 1 : __dirname;` }, {}],
    [
      'CommonJS in TypeScript',
      {
        'src/m.cts': `import lib = require('./x.cjs');\nexport const x: number = lib.x;`,
        'src/x.cjs': 'module.exports = { x: 1 };',
      },
      {},
    ],
    [
      'export =',
      {
        'src/m.ts': `import lib = require('./x');\nexport const x: number = lib.x;`,
        'src/x.ts': 'const all = { x: 1 };\nexport = all;',
      },
      {},
    ],
    [
      '.mts beside .cts',
      {
        'src/m.mts': `import { x as y } from './x.cjs';\nexport const x: number = y;`,
        'src/x.cts': 'export const x: number = 1;',
      },
      {},
    ],
    [
      '.tsx',
      {
        'src/m.ts': `export { x } from './x';`,
        'src/x.tsx':
          'export const x: number = 1;\nconst React = { createElement: () => null };\nexport const view = () => <b>{x}</b>;',
      },
      {},
    ],
    [
      'a package that is an ES module only',
      {
        'src/m.ts': `export { x } from 'lib';`,
        'lib/package.json': '{ "name": "lib", "type": "module", "exports": "./index.js" }',
        'lib/index.js': 'export const x = 1;',
      },
      { lib: 'lib' },
    ],
    [
      'types alone',
      {
        'src/m.ts': `import type { A } from './nothing';\nimport { type B, x as y } from './x';\nexport type { A, B };\nexport const x: number = y;`,
        'src/x.ts': 'export interface B {}\nexport const x = 1;',
      },
      {},
    ],
    [
      'a const enum of another file',
      {
        'src/m.ts': `import { E } from './e';\nexport const x = E.One;`,
        'src/e.ts': 'export const enum E { One = 1 }',
      },
      {},
    ],
  ])('%s', async (_what, files, links) => {
    const file = Object.keys(files).find((each) => /^src\/m\.[cm]?ts$/.test(each)) ?? '';
    expect((await exportsOf(files, file, links)).x).toBe(1);
  });
});

describe('decorators', () => {
  const entity = (imports: string, members: string) =>
    `import { Keep, types } from './keep';\n${imports}\nexport class Thing {\n${members}\n}\nexport { types };\n`;

  test.each<[string, FileTexts, Readonly<Record<string, string>>]>([
    [
      'an imported enum of texts',
      {
        'status.ts': `export enum Status { On = 'on' }`,
        'm.ts': entity(`import { Status } from './status';`, '@Keep() status: Status;'),
      },
      { status: 'String' },
    ],
    [
      'an imported enum of numbers',
      {
        'status.ts': `export enum Status { On }`,
        'm.ts': entity(`import { Status } from './status';`, '@Keep() status: Status;'),
      },
      { status: 'Number' },
    ],
    [
      'an imported alias',
      {
        'code.ts': `export type Code = string | null;`,
        'm.ts': entity(`import type { Code } from './code';`, '@Keep() code: Code;'),
      },
      { code: 'String' },
    ],
    [
      'an imported alias, strictly',
      {
        'tsconfig.json': decorators.replace('"target"', '"strict":true,"target"'),
        'code.ts': `export type Code = 'a' | 'b';`,
        'm.ts': entity(`import type { Code } from './code';`, '@Keep() code: Code;'),
      },
      { code: 'String' },
    ],
    [
      'all on one line',
      {
        'm.ts': `import { Keep, types } from './keep'; export class Thing { @Keep() a: number; @Keep() b: Date } export { types };`,
      },
      { a: 'Number', b: 'Date' },
    ],
    [
      'through an alias of paths',
      {
        'tsconfig.json': decorators.replace('"target"', '"baseUrl":".","paths":{"@s/*":["lib/*"]},"target"'),
        'lib/status.ts': `export enum Status { On = 'on' }`,
        'm.ts': entity(`import { Status } from '@s/status';`, '@Keep() status: Status;'),
      },
      { status: 'String' },
    ],
    [
      'with verbatimModuleSyntax',
      {
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            ...JSON.parse(decorators).compilerOptions,
            module: 'nodenext',
            verbatimModuleSyntax: true,
          },
        }),
        'package.json': '{ "type": "module" }',
        'keep.ts': keep,
        'status.ts': `export enum Status { On = 'on' }`,
        'm.ts': entity(`import { Status } from './status.js';`, '@Keep() status: Status;').replace(
          './keep',
          './keep.js',
        ),
      },
      { status: 'String' },
    ],
    [
      'with isolatedModules',
      {
        'tsconfig.json': decorators.replace('"target"', '"isolatedModules":true,"target"'),
        'status.ts': `export enum Status { On = 'on' }`,
        'm.ts': entity(`import { Status } from './status';`, '@Keep() status: Status;'),
      },
      { status: 'String' },
    ],
    [
      'in a file of import =',
      {
        'lib.ts': 'const all = { x: 1 };\nexport = all;',
        'm.ts': `import lib = require('./lib');\n${entity('', '@Keep() n: number = lib.x;')}`,
      },
      { n: 'Number' },
    ],
    [
      'in a project that emits nothing',
      {
        'tsconfig.json': decorators
          .replace(
            '"target"',
            '"noEmit":true,"allowImportingTsExtensions":true,"moduleResolution":"bundler","target"',
          )
          .replace('commonjs', 'esnext'),
        'm.ts': entity('', '@Keep() n: number;').replace('./keep', './keep.ts'),
      },
      { n: 'Number' },
    ],
    [
      'in .tsx',
      {
        'm.tsx': `${entity('', '@Keep() n: number;')}const React = { createElement: () => null };\nexport const view = () => <b/>;`,
      },
      { n: 'Number' },
    ],
  ])('%s', async (_what, files, expected) => {
    const file = files['m.tsx'] === undefined ? 'm.ts' : 'm.tsx';
    const exports = await exportsOf({ 'tsconfig.json': decorators, 'keep.ts': keep, ...files }, file);
    expect(exports.types).toEqual(expected);
  });

  test('of the standard, where the tsconfig has not the older ones', async () => {
    const exports = await exportsOf(
      {
        'tsconfig.json': '{ "compilerOptions": { "target": "ES2022" } }',
        'm.ts': `export const names: string[] = [];
const Named = () => (_: undefined, context: ClassFieldDecoratorContext) => { names.push(context.kind + ' ' + String(context.name)); };
export class Thing { @Named() a: number = 1; @Named() accessor b = 2; }
`,
      },
      'm.ts',
    );
    expect(exports.names).toEqual(['accessor b', 'field a']);
  });

  test('of a file beside the project of the first: its own tsconfig counts', async () => {
    const root = makeProject({
      'a/tsconfig.json': decorators,
      'a/keep.ts': keep,
      'a/m.ts': entity('', '@Keep() n: number;'),
      'b/tsconfig.json': decorators.replace('"emitDecoratorMetadata":true', '"emitDecoratorMetadata":false'),
      'b/keep.ts': keep,
      'b/m.ts': entity('', '@Keep() n: number;'),
    });
    const modules = await load(root, '*/m.ts');
    expect(modules.map(({ exports }) => exports.types)).toEqual([{ n: 'Number' }, { n: 'undefined' }]);
  });

  test('that nobody imports: what runs decides, with the libraries of the tsconfig or without', async () => {
    const members =
      '@Keep() raw: Buffer | null; @Keep() at: Date; @Keep() site: URL | null; @Keep() mode: RequestMode;';
    const { compilerOptions } = JSON.parse(decorators);
    const known = { raw: 'Buffer', at: 'Date', site: 'URL' };
    const typesIn = async (options: object, more: string) => {
      const root = makeProject(
        {
          'tsconfig.json': JSON.stringify({ compilerOptions: { ...compilerOptions, ...options } }),
          'keep.ts': keep,
          'm.ts': entity('', members + more),
        },
        { '@types/node': join(installed, '@types/node') },
      );
      const [module] = await load(root, 'm.ts');
      return module?.exports.types;
    };
    expect(await typesIn({}, '@Keep() element: HTMLElement; @Keep() global: Everywhere;')).toEqual({
      ...known,
      element: 'Object',
      global: 'Object',
      mode: 'Object',
    });
    // A union of words that the browser's library declares.
    expect(await typesIn({ lib: ['ES2022', 'DOM'] }, '')).toEqual({ ...known, mode: 'String' });
  });

  test('of entities that import each other: as the build of CommonJS, no use before it is there', async () => {
    const side = (name: string, other: string) => `import { Keep } from './keep';
import { ${other} } from './${other.toLowerCase()}';
export class ${name} {
  @Keep() ${other.toLowerCase()}: ${other};
  static other = () => ${other};
}
`;
    for (const type of ['commonjs', 'module']) {
      const root = makeProject({
        'package.json': JSON.stringify({ type }),
        'tsconfig.json': decorators,
        'keep.ts': keep,
        'user.ts': side('User', 'Post'),
        'post.ts': side('Post', 'User'),
      });
      const modules = await load(root, 'post.ts', 'user.ts');
      const [post, user] = modules.map(({ exports }) => exports as Record<string, { other(): unknown }>);
      expect(post?.Post?.other()).toBe(user?.User);
      expect(user?.User?.other()).toBe(post?.Post);
    }
  });
});

describe('instances', () => {
  const files = {
    'package.json': '{ "type": "module" }',
    'shared.ts': 'export const store: string[] = [];',
    'a.ts': `import { store } from './shared.js';\nstore.push('a');\nexport { store };`,
    'deep/b.ts': `import { store } from '../shared.ts';\nstore.push('b');\nexport { store };`,
  };

  test('one process loads a file once, whoever asks', async () => {
    const root = makeProject(files);
    const [a] = await load(root, 'a.ts');
    const [b] = await load(root, 'deep/b.ts');
    const [again] = await load(root, 'a.ts');
    expect(b?.exports.store).toBe(a?.exports.store);
    expect(again?.exports).toBe(a?.exports);
    expect(a?.exports.store).toEqual(['a', 'b']);
  });

  // The last is a package that we have a copy of ourselves.
  test.each([
    ['m.ts', 'lib'],
    ['m.mjs', 'lib'],
    ['m.mjs', 'kysely'],
  ])('a package is the one that the models import: %s, %s', async (file, name) => {
    const root = makeProject(
      {
        [file]: `export { store } from '${name}';`,
        'lib/package.json': `{ "name": "${name}", "exports": { "import": "./index.mjs", "require": "./index.js" } }`,
        'lib/index.mjs': `import lib from './index.js';\nexport const store = lib.store;`,
        'lib/index.js': 'exports.store = [];',
      },
      { [name]: 'lib' },
    );
    const models = await loadModules('drizzle', root, [file]);
    const lib = (await models.importBeside(name)) as { store: unknown };
    expect(lib.store).toBe(models.modules[0]?.exports.store);
  });

  test('and a package that is not there is none', async () => {
    const root = makeProject({ 'm.mjs': 'export const a = 1;' });
    const models = await loadModules('drizzle', root, ['m.mjs']);
    expect(await models.importBeside('not-installed')).toBe(null);
  });
});

describe('JavaScript', () => {
  test.each<[string, FileTexts, string]>([
    ['a module by its name', { 'm.mjs': `export const a = 'loaded';` }, 'm.mjs'],
    [
      'a module by its package',
      { 'package.json': '{ "type": "module" }', 'src/m.js': `export const a = 'loaded';` },
      'src/m.js',
    ],
    [
      'a module that imports as a bundler would',
      { 'm.mjs': `export { a } from './other';`, 'other.ts': `export const a: string = 'loaded';` },
      'm.mjs',
    ],
  ])('%s', async (_, files, file) => {
    expect(await exportsOf(files, file)).toEqual({ a: 'loaded' });
  });

  test('modules in a package of no type, below one that has a type, without a warning of Node', async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error) => warnings.push(warning);
    process.on('warning', keep);
    const files = {
      'package.json': '{ "type": "module" }',
      'old/package.json': '{ "name": "old" }',
      'old/m.js': `export const a = 'loaded';`,
    };
    expect(await exportsOf(files, 'old/m.js')).toEqual({ a: 'loaded' });
    // They are told on the next turn.
    await new Promise(setImmediate);
    process.off('warning', keep);
    expect(warnings).toEqual([]);
  });
});

describe('what cannot be loaded is explained', () => {
  async function explain(files: FileTexts, file: string): Promise<readonly string[]> {
    try {
      await load(makeProject(files), file);
    } catch (error) {
      if (error instanceof ShipshapeError) return error.findings.flatMap(({ what, do: act }) => [what, act]);
      throw error;
    }
    throw new Error('it was loaded');
  }

  test.each<[string, FileTexts, string, string]>([
    [
      'an import that is not there',
      { 'm.ts': `import './a';`, 'a.ts': `\nimport { b } from './b';\nexport const a = b;` },
      'm.ts cannot be loaded: a.ts:2 imports "./b", which is not found',
      'correct the path in a.ts:2, or add the file',
    ],
    [
      'a package that is not installed',
      { 'm.ts': `import { z } from 'zod';\nexport const s = z;` },
      'm.ts cannot be loaded: m.ts:1 imports "zod", which is not found',
      'npm install zod',
    ],
    [
      'an alias nobody explains',
      { 'm.ts': `export * from '@/a';` },
      'm.ts cannot be loaded: m.ts:1 imports "@/a", which is not found',
      'compilerOptions.paths',
    ],
    [
      'a variable that is not set',
      {
        'm.ts': `import './env';`,
        'env.ts': `export function need(name: string): string {\n  const value = process.env[name];\n  if (!value) throw new Error(\`\${name} is required\`);\n  return value;\n}\nexport const url = need('APP_SECRET_KEY');`,
      },
      'm.ts cannot be loaded: APP_SECRET_KEY is required (env.ts:3)',
      '--dotenv',
    ],
    ['syntax', { 'm.ts': `export const a = 1;\nexport const = 2;` }, 'm.ts cannot be loaded', 'm.ts:2'],
    [
      'syntax where decorators are',
      {
        'tsconfig.json': decorators,
        'm.ts': `function D(): any { return () => {}; }\nexport class A {\n  @D() a: number;\n  @D( b: string;\n}`,
      },
      'm.ts cannot be loaded',
      'm.ts:4',
    ],
    [
      'syntax that a compiler makes something of',
      {
        'tsconfig.json': decorators,
        'm.ts': `function D(): any { return () => {}; }\nexport class A {\n  @D() a: number;\n  @D() b number;\n}`,
      },
      'm.ts cannot be loaded',
      'm.ts:4',
    ],
    [
      'what throws where decorators are',
      {
        'tsconfig.json': decorators,
        'm.ts': `function D(): any {\n  throw new Error('no type');\n}\n\nexport class A {\n  @D() a: number;\n}`,
      },
      'm.ts cannot be loaded: no type (m.ts:2)',
      'm.ts:2',
    ],
    [
      'what is thrown that is no error',
      { 'm.ts': `throw 'nothing';` },
      'm.ts cannot be loaded: nothing',
      'm.ts',
    ],
  ])('%s', async (_what, files, what, act) => {
    const [said = '', done = ''] = await explain(files, 'm.ts');
    expect(said).toContain(what);
    expect(done).toContain(act);
  });
});
