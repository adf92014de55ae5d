// What is exported, from where, and which properties it has: by the text alone, whatever library it is written for.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Code, openCode } from '../../src/code/origins.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Project {
  readonly code: Code;
  readonly root: string;
}

async function open(files: Readonly<Record<string, string>>): Promise<Project> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-code-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const code = await openCode(root);
  if (code === null) throw new Error('typescript is installed here');
  return { code, root };
}

/** `file:line` of an export and of each property of the first argument of the call it comes from. */
function look({ code, root }: Project, file: string, ...path: readonly string[]) {
  const at = (node: Parameters<Code['origin']>[0]) => {
    const origin = code.origin(node);
    return `${origin.file}:${origin.line}`;
  };
  const sighting = code.findExport(join(root, file), path);
  if (sighting === null) return null;
  const argument = sighting.value === null ? null : code.argument(sighting.value, 0);
  const members = argument === null ? [] : [...code.members(argument)];
  return {
    at: at(sighting.node),
    ...Object.fromEntries(members.map(([name, { node }]) => [name, at(node)])),
  };
}

describe('exports', () => {
  const files = {
    'a.ts': `export const plain = define({
  one: 1,
});
const local = define({ two: 2 });
export { local as renamed };
export default define({ three: 3 });
export const { inner, other: taken } = { inner: define({ four: 4 }), other: define({ five: 5 }) };
export const typed = (define({ six: 6 }) as unknown as { six: 6 })!;
export function make() { return define({ seven: 7 }); }
export const made = make();
export const nested = { deep: { model: define({ eight: 8 }) } };
`,
    'barrel.ts': `export * from './a';
export { default } from './a.js';
export * as all from './a.ts';
export { gone } from 'a-package';
`,
    'outer.ts': `import whole, * as everything from './barrel';
import { plain as renamedHere } from './barrel';

export const imported = renamedHere;
export const fromDefault = whole;
export const through = everything.plain;
`,
    'common.cjs': `const { local } = require('./parts.cjs');
module.exports = { local, direct: define({ nine: 9 }) };
`,
    'parts.cjs': `exports.local = define({ ten: 10 });
`,
  };

  test.each([
    ['a constant', 'a.ts', ['plain'], { at: 'a.ts:1', one: 'a.ts:2' }],
    ['another name', 'a.ts', ['renamed'], { at: 'a.ts:4', two: 'a.ts:4' }],
    ['the default', 'a.ts', ['default'], { at: 'a.ts:6', three: 'a.ts:6' }],
    ['a part of an object', 'a.ts', ['inner'], { at: 'a.ts:7', four: 'a.ts:7' }],
    ['a renamed part', 'a.ts', ['taken'], { at: 'a.ts:7', five: 'a.ts:7' }],
    ['behind assertions', 'a.ts', ['typed'], { at: 'a.ts:8', six: 'a.ts:8' }],
    ['made by a function: declared where it is called', 'a.ts', ['made'], { at: 'a.ts:10', seven: 'a.ts:9' }],
    ['inside objects', 'a.ts', ['nested', 'deep', 'model'], { at: 'a.ts:11', eight: 'a.ts:11' }],
    ['through a star', 'barrel.ts', ['plain'], { at: 'a.ts:1', one: 'a.ts:2' }],
    ['a default exported again', 'barrel.ts', ['default'], { at: 'a.ts:6', three: 'a.ts:6' }],
    ['in a namespace', 'barrel.ts', ['all', 'plain'], { at: 'a.ts:1', one: 'a.ts:2' }],
    ['of a package: the line that names it', 'barrel.ts', ['gone'], { at: 'barrel.ts:4' }],
    ['imported and exported', 'outer.ts', ['imported'], { at: 'a.ts:1', one: 'a.ts:2' }],
    ['an imported default', 'outer.ts', ['fromDefault'], { at: 'a.ts:6', three: 'a.ts:6' }],
    ['a member of a namespace', 'outer.ts', ['through'], { at: 'a.ts:1', one: 'a.ts:2' }],
    ['module.exports', 'common.cjs', ['direct'], { at: 'common.cjs:2', nine: 'common.cjs:2' }],
    ['required', 'common.cjs', ['local'], { at: 'parts.cjs:1', ten: 'parts.cjs:1' }],
    [
      'in the default of module.exports',
      'common.cjs',
      ['default', 'direct'],
      { at: 'common.cjs:2', nine: 'common.cjs:2' },
    ],
  ])('%s', async (_what, file, path, expected) => {
    expect(look(await open(files), file, ...path)).toEqual(expected);
  });

  test('what nobody exports is not found', async () => {
    const project = await open(files);
    expect(look(project, 'a.ts', 'nothing')).toBeNull();
    expect(look(project, 'missing.ts', 'plain')).toBeNull();
  });

  test('names that lead in a circle end', async () => {
    const project = await open({
      'a.ts': `export * from './b';\nexport const x = y;\nconst y = x;\nexport const f = () => f();\nexport const g = f();\n`,
      'b.ts': `export * from './a';\nexport { z } from './a';\n`,
    });
    expect(look(project, 'a.ts', 'x')).toMatchObject({ at: expect.stringMatching(/^a\.ts:[23]$/) });
    expect(look(project, 'a.ts', 'nothing')).toBeNull();
    expect(look(project, 'a.ts', 'g')).toEqual({ at: 'a.ts:5' });
  });
});

describe('properties', () => {
  test.each([
    ['quoted and computed names', `define({ 'a-b': 1, ['c']: 2, [d]: 3, 4: 4 })`, ['4', 'a-b', 'c']],
    ['methods and shorthands', `define({ a, b() {}, get c() { return 1; } })`, ['a', 'b', 'c']],
    [
      'a spread constant',
      `const base = { a: 1 } as const;\nexport const m = define({ ...base, b: 2 })`,
      ['a', 'b'],
    ],
    [
      'a spread that depends',
      `define({ ...(flag ? { a: 1 } : { b: 2 }), ...(flag && { c: 3 }) })`,
      ['a', 'b', 'c'],
    ],
    ['Object.assign and freeze', `define(Object.assign({}, Object.freeze({ a: 1 }), { b: 2 }))`, ['a', 'b']],
    ['a callback', `define((t) => ({ a: t.x() }))`, ['a']],
    ['a callback with a body', `define(function (t) { const n = 1; return { a: n }; })`, ['a']],
    [
      'parameters',
      `const f = (x, { y }, ...z) => define({ ...x, ...y });\nexport const m = f({ a: 1 }, { y: { b: 2 } })`,
      ['a', 'b'],
    ],
    ['default parameters', `const f = (x = { a: 1 }) => define(x);\nexport const m = f()`, ['a']],
    ['a method called on the result', `define({ a: 1 }).locked().again()`, ['a']],
    ['what a library gives', `define({ ...omit(base, 'a'), b: 2 })`, ['b']],
  ])('%s', async (_what, text, expected) => {
    const source = text.includes('export') ? text : `export const m = ${text}`;
    const { at: _at, ...members } = look(await open({ 'm.ts': source }), 'm.ts', 'm') as Record<
      string,
      string
    >;
    expect(Object.keys(members).sort()).toEqual(expected);
  });

  test('the same function called twice gives each its own', async () => {
    const project = await open({
      'm.ts': `const wrap = (columns) => define({ ...columns });
export const first = wrap({
  a: 1,
});
export const second = wrap({
  b: 2,
});
`,
    });
    expect(look(project, 'm.ts', 'first')).toEqual({ at: 'm.ts:2', a: 'm.ts:3' });
    expect(look(project, 'm.ts', 'second')).toEqual({ at: 'm.ts:5', b: 'm.ts:6' });
  });
});

describe('imports', () => {
  test('follow the aliases of the nearest tsconfig, also an extended one', async () => {
    const project = await open({
      'base.json': '{ "compilerOptions": { "paths": { "~/*": ["./lib/*"] } } }',
      'tsconfig.json': '{ "extends": "./base.json", /* as people write it */ }',
      'app/m.ts': `import { base } from '~/base';\nexport const m = define({ ...base });\n`,
      'lib/base.ts': `export const base = { a: 1 };\n`,
    });
    expect(look(project, 'app/m.ts', 'm')).toEqual({ at: 'app/m.ts:2', a: 'lib/base.ts:1' });
  });

  test('reach workspace packages, and never packages or declaration files', async () => {
    const project = await open({
      'm.ts': `import { mine } from '@team/base';
import { theirs } from 'library';
export const m = define({ ...mine, ...theirs });
`,
      'packages/base/package.json': '{ "name": "@team/base", "exports": "./index.ts" }',
      'packages/base/index.ts': `export const mine = { a: 1 };\n`,
      'node_modules/library/package.json': '{ "name": "library", "main": "index.js" }',
      'node_modules/library/index.js': `exports.theirs = { b: 2 };\n`,
      'node_modules/library/index.d.ts': `export declare const theirs: { b: number };\n`,
    });
    mkdirSync(join(project.root, 'node_modules/@team'));
    symlinkSync(join(project.root, 'packages/base'), join(project.root, 'node_modules/@team/base'));
    expect(look(project, 'm.ts', 'm')).toEqual({ at: 'm.ts:3', a: 'packages/base/index.ts:1' });
  });
});
