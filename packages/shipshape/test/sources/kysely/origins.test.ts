// A type gains one column: its address appears, with the file and line that declare it, however the type is made.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey } from '../../../src/catalog/index.ts';
import { kysely } from '../../../src/sources/kysely/index.ts';
import { makeProject } from '../drizzle/project.ts';

const project = {
  'tsconfig.json': '{ "compilerOptions": { "paths": { "#types/*": ["./src/types/*"] } } }',
  'src/types/base.ts': `export interface Stamped {
  created_at: Date;
}
export type Owner = {
  owner_id: string;
};
export type Flags<Name extends string> = { [Each in Name]: boolean };
`,
  'src/types/call.ts': `import type { Generated } from 'kysely';
import type { Flags, Owner, Stamped } from '#types/base';

export interface CallLog extends Stamped {
  id: Generated<string>;
  sid: string;
}
export type Note = Owner & {
  id: number;
} & Flags<
  | 'pinned'
>;
export type Draft = Omit<Note, 'id'> & Pick<CallLog, 'sid'>;
`,
  'src/types/index.ts': `import type { CallLog, Draft, Note } from './call';
export interface Database {
  call_log: CallLog;
  notes: Note;
  drafts: Draft;
  inline: {
    id: string;
  };
  partial: Partial<CallLog>;
}
`,
  'src/db.ts': "export type { Database as DB } from '#types/index';\n",
};

const cases = {
  'in an interface': [
    'src/types/call.ts',
    '  sid: string;',
    '  mode: string | null;',
    'public.call_log.mode',
  ],
  'in an interface that is inherited': [
    'src/types/base.ts',
    '  created_at: Date;',
    '  updated_at: Date;',
    'public.call_log.updated_at',
  ],
  'in a part of an intersection': [
    'src/types/base.ts',
    '  owner_id: string;',
    '  team_id: string;',
    'public.notes.team_id',
  ],
  'in what Omit leaves': [
    'src/types/base.ts',
    '  owner_id: string;',
    '  team_id: string;',
    'public.drafts.team_id',
  ],
  'in what Partial makes optional': [
    'src/types/call.ts',
    '  sid: string;',
    '  mode: string;',
    'public.partial.mode',
  ],
  'in the list of tables itself': [
    'src/types/index.ts',
    '    id: string;',
    '    kind: string;',
    'public.inline.kind',
  ],
} as const;

async function declare(root: string): Promise<Declaration> {
  return kysely({ database: 'src/db.ts#DB', root }).declare({ origins: true });
}

function keysOf({ catalog }: Declaration): readonly string[] {
  return catalog.objects.map((object) => renderAddressKey(addressOf(object)));
}

let before: Declaration;
beforeAll(async () => {
  before = await declare(makeProject(project, ['kysely']));
});

test.each(Object.entries(cases))('a column %s', async (_where, [file, after, line, name]) => {
  const root = makeProject(project, ['kysely']);
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(after, `${after}\n${line}`));
  const declaration = await declare(root);
  const key = `column ${name}`;
  expect(keysOf(declaration).filter((each) => !keysOf(before).includes(each))).toContain(key);
  const origin = declaration.origin[key];
  expect(origin?.file).toBe(file);
  expect(readFileSync(path, 'utf8').split('\n')[(origin?.line ?? 0) - 1]).toBe(line);
});

test('a column that is only a name in a union has the line of what it is made for', () => {
  const { origin } = before;
  expect(origin['column public.notes.pinned']).toEqual({ file: 'src/types/index.ts', line: 4 });
});

test('a table has the line of its type, an inline one its own', () => {
  const { origin } = before;
  expect(origin['table public.call_log']).toEqual({ file: 'src/types/call.ts', line: 4 });
  expect(origin['table public.drafts']).toEqual({ file: 'src/types/call.ts', line: 13 });
  expect(origin['table public.inline']).toEqual({ file: 'src/types/index.ts', line: 6 });
});
