// Files by path, folder or pattern.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFiles } from '../../src/code/glob.ts';

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-glob-')));
  const paths = [
    'src/schema.ts',
    'src/schema.test.ts',
    'src/schema.d.ts',
    'src/notes.md',
    'src/auth/schema.ts',
    'src/auth/deep/schema.mts',
    'src/app/[id]/schema.ts',
    'src/a+b/schema.ts',
    'src/.cache/schema.ts',
    'src/node_modules/x/schema.ts',
    'lib/one.cjs',
    'lib/two.js',
    'lib/three.tsx',
  ];
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ['a file', 'src/schema.ts', ['src/schema.ts']],
  ['a file whose folder looks like a pattern', 'src/app/[id]/schema.ts', ['src/app/[id]/schema.ts']],
  ['the files of a folder, not deeper', 'src', ['src/schema.test.ts', 'src/schema.ts']],
  [
    'any depth, neither hidden folders nor packages',
    'src/**/schema.ts',
    ['src/a+b/schema.ts', 'src/app/[id]/schema.ts', 'src/auth/schema.ts', 'src/schema.ts'],
  ],
  ['everything below', 'lib/**', ['lib/one.cjs', 'lib/three.tsx', 'lib/two.js']],
  ['one level', 'src/*/schema.ts', ['src/a+b/schema.ts', 'src/auth/schema.ts']],
  ['alternatives', 'lib/{one.cjs,two.{js,ts}}', ['lib/one.cjs', 'lib/two.js']],
  ['single characters and sets', 'lib/t[wx]?.js', ['lib/two.js']],
  ['a set that excludes', 'lib/[!o]*', ['lib/three.tsx', 'lib/two.js']],
  ['dots and plus signs as they are', 'src/a+b/schema.?s', ['src/a+b/schema.ts']],
  ['what is not there', 'nowhere/**/*.ts', []],
  ['what is no module', 'src/*.md', []],
])('%s', (_what, pattern, expected) => {
  expect(findFiles(root, pattern).map((file) => relative(root, file))).toEqual(expected);
});

test('an absolute pattern needs no root', () => {
  expect(findFiles('/nowhere', join(root, 'lib/*.cjs'))).toEqual([join(root, 'lib/one.cjs')]);
});
