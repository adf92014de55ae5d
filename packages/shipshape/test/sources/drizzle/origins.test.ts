// A model gains one column: its address appears, with the file and line that declare it, however the model is written.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey } from '../../../src/catalog/index.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';
import { makeProject } from './project.ts';

const project = {
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'src/columns.ts': `import { integer, timestamp } from 'drizzle-orm/pg-core';

export const stamps = {
  createdAt: timestamp('created_at'),
};
export function owned() {
  const columns = {
    ownerId: integer('owner_id'),
  };
  return columns;
}
`,
  'src/creator.ts': `import { pgTable, pgTableCreator, text } from 'drizzle-orm/pg-core';
import { stamps } from '@/columns';

export const prefixed = pgTableCreator((name) => \`app_\${name}\`);
export const audited = (name: string, columns: Record<string, any>) =>
  pgTable(name, {
    auditor: text('auditor'),
    ...columns,
    ...stamps,
  });
`,
  'src/deep/plain.ts': `import { integer, pgTable } from 'drizzle-orm/pg-core';

const hidden = pgTable(
  'plain',
  {
    id: integer('id'),
  },
);
export { hidden as plain };
`,
  'src/schema.ts': `import { integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';
import * as columns from './columns.js';
import { audited, prefixed } from '@/creator';
export * from './deep/plain';

export const calls = pgTable('calls', {
  id: integer('id'),
  sid: text('sid'),
});
export const spread = pgTable('spread', { id: integer('id'), ...columns.stamps, ...columns.owned() });
export const callback = pgTable('callback', (t) => ({
  id: t.integer(),
}));
export const inSchema = pgSchema('other').table('in_schema', {
  id: integer('id'),
}).enableRLS();
export const created = prefixed('created', {
  id: integer('id'),
});
export const wrapped = audited('wrapped', {
  id: integer('id'),
});
`,
};

const added = (file: string, before: string, line: string) => ({ file, before, line });
const cases = {
  'in the table itself': [
    added('src/schema.ts', "  sid: text('sid'),", "  mode: text('mode'),"),
    'public.calls.mode',
  ],
  'behind a re-export': [
    added('src/deep/plain.ts', "    id: integer('id'),", "    late: integer('late'),"),
    'public.plain.late',
  ],
  'in a spread constant': [
    added('src/columns.ts', "  createdAt: timestamp('created_at'),", "  endedAt: timestamp('ended_at'),"),
    'public.spread.ended_at',
  ],
  'in a spread helper': [
    added('src/columns.ts', "    ownerId: integer('owner_id'),", "    teamId: integer('team_id'),"),
    'public.spread.team_id',
  ],
  'in a callback': [
    added('src/schema.ts', '  id: t.integer(),', '  byKey: t.text(),'),
    'public.callback."byKey"',
  ],
  'in a table of a schema': [
    added(
      'src/schema.ts',
      "export const inSchema = pgSchema('other').table('in_schema', {",
      "  kind: text('kind'),",
    ),
    'other.in_schema.kind',
  ],
  'in a table of a creator': [
    added('src/schema.ts', "export const created = prefixed('created', {", "  kind: text('kind'),"),
    'public.app_created.kind',
  ],
  'beside a wrapper': [
    added('src/schema.ts', "export const wrapped = audited('wrapped', {", "  kind: text('kind'),"),
    'public.wrapped.kind',
  ],
  'inside a wrapper': [
    added('src/creator.ts', "    auditor: text('auditor'),", "    reason: text('reason'),"),
    'public.wrapped.reason',
  ],
} as const;

async function declare(root: string): Promise<Declaration> {
  return drizzle({ schema: 'src/schema.ts', root }).declare({ origins: true });
}

function keysOf({ catalog }: Declaration): readonly string[] {
  return catalog.objects.map((object) => renderAddressKey(addressOf(object)));
}

test.each(Object.entries(cases))('a column added %s', async (_where, [{ file, before, line }, name]) => {
  const known = keysOf(await declare(makeProject(project)));
  const root = makeProject(project);
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, `${before}\n${line}`));
  const declaration = await declare(root);
  const fresh = keysOf(declaration).filter((key) => !known.includes(key));
  expect(fresh).toContain(`column ${name}`);
  const origin = declaration.origin[`column ${name}`]!;
  expect(origin.file).toBe(file);
  expect(readFileSync(path, 'utf8').split('\n')[origin.line - 1]).toBe(line);
});

describe('tables', () => {
  test('stand where they are declared, not where they are exported again', async () => {
    const { origin } = await declare(makeProject(project));
    const lineOf = (text: string, needle: string) =>
      text.split('\n').findIndex((each) => each.includes(needle)) + 1;
    const schema = project['src/schema.ts'];
    expect(origin['table public.plain']).toEqual({ file: 'src/deep/plain.ts', line: 3 });
    expect(origin['table public.calls']).toEqual({ file: 'src/schema.ts', line: lineOf(schema, 'calls =') });
    expect(origin['table public.wrapped']).toEqual({
      file: 'src/schema.ts',
      line: lineOf(schema, 'wrapped ='),
    });
  });

  test('whose text is out of reach have the line that brings them', async () => {
    const packaged = `const { integer, pgTable } = require('drizzle-orm/pg-core');
exports.packaged = pgTable('packaged', { id: integer('id') });\n`;
    const root = makeProject({
      'schema.ts': "import 'drizzle-orm';\n\nexport * from '@acme/tables';\n",
      'node_modules/@acme/tables/package.json': '{ "name": "@acme/tables", "main": "index.js" }',
      'node_modules/@acme/tables/index.js': packaged,
    });
    const { origin } = await drizzle({ schema: 'schema.ts', root }).declare({ origins: true });
    expect(origin['table public.packaged']).toEqual({ file: 'schema.ts', line: 3 });
    expect(origin['column public.packaged.id']).toEqual({ file: 'schema.ts', line: 3 });
  });

  test('that a loop exports have the first line of the file', async () => {
    const root = makeProject({
      'schema.js': `const { integer, pgTable } = require('drizzle-orm/pg-core');
for (const name of ['one', 'two']) exports[name] = pgTable(name, { id: integer('id') });\n`,
    });
    const { origin } = await drizzle({ schema: 'schema.js', root }).declare({ origins: true });
    expect(origin['column public.two.id']).toEqual({ file: 'schema.js', line: 1 });
  });
});
