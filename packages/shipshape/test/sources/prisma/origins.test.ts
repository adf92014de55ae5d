// A model gains one column: its address appears, with the file and line that declare it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey } from '../../../src/catalog/index.ts';
import { prisma } from '../../../src/sources/prisma/index.ts';
import { makeProject } from '../drizzle/project.ts';

const project = {
  'prisma/schema/main.prisma':
    'datasource db {\n  provider = "postgresql"\n  schemas = ["public", "stats"]\n}\n',
  'prisma/schema/calls/call.prisma': `/// With a comment that has a { in it, and "a quote
model Call {
  id    Int    @id @default(autoincrement()) // the key
  sid   String @unique(map: "call_sid")
  notes Note[]
  tags  Tag[]
  @@index([sid, id(sort: Desc)], map: "call_by_sid")
  @@index([sid], map: "call_again")
  @@index([sid], type: Hash, map: "call_hash")
  @@index([sid])
  @@map("call_log")
  @@schema("public")
}
`,
  'prisma/schema/calls/note.prisma': `model Note {
  id     Int  @id
  callId Int  @map("call_id")
  call   Call @relation(fields: [callId], references: [id])
  @@schema("public")
}
model Tag {
  name  String @id @default("no } brace, and no // comment")
  calls Call[]
  @@schema("public")
}
view Total {
  callId Int? @map("call_id")
  @@map("totals")
  @@schema("stats")
}
`,
};

const call = 'prisma/schema/calls/call.prisma';
const note = 'prisma/schema/calls/note.prisma';
const cases = {
  'in the model': [call, '  notes Note[]', '  mode  String?', 'column public.call_log.mode'],
  'under a mapped name': [
    call,
    '  notes Note[]',
    '  recordingMode String? @map("recording_mode") @db.VarChar(20)',
    'column public.call_log.recording_mode',
  ],
  'behind strings and comments': [note, '  calls Call[]', '  kind  Int?', 'column public."Tag".kind'],
  'that is ignored by the client': [
    note,
    '  calls Call[]',
    '  kind  Int? @ignore',
    'column public."Tag".kind',
  ],
  'of a type that Prisma does not know': [
    note,
    '  calls Call[]',
    '  box   Unsupported("box")?',
    'column public."Tag".box',
  ],
} as const;

async function declare(root: string): Promise<Declaration> {
  return prisma({ schema: 'prisma/schema', root }).declare({ origins: true });
}

function keysOf({ catalog }: Declaration): readonly string[] {
  return catalog.objects.map((object) => renderAddressKey(addressOf(object)));
}

test.each(Object.entries(cases))('a column %s', async (_where, [file, before, line, key]) => {
  const known = keysOf(await declare(makeProject(project, [])));
  const root = makeProject(project, []);
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, `${before}\n${line}`));
  const declaration = await declare(root);
  expect(keysOf(declaration).filter((each) => !known.includes(each))).toEqual([key]);
  const origin = declaration.origin[key];
  expect(origin?.file).toBe(file);
  expect(readFileSync(path, 'utf8').split('\n')[(origin?.line ?? 0) - 1]).toBe(line);
});

test('every thing has the line that declares it', async () => {
  const { origin, catalog } = await declare(makeProject(project, []));
  const lines: Readonly<Record<string, string>> = project;
  const textAt = (key: string) => {
    const { file, line } = origin[key] ?? { file: '', line: 0 };
    return lines[file]?.split('\n')[line - 1]?.trim();
  };
  expect(textAt('table public.call_log')).toBe('model Call {');
  expect(textAt('primary key public.call_log.call_log_pkey')).toMatch(/^id {4}Int/);
  expect(textAt('index public.call_log.call_sid')).toMatch(/^sid {3}String/);
  expect(textAt('index public.call_log.call_by_sid')).toMatch(/^@@index.*Desc/);
  expect(textAt('index public.call_log.call_log_sid_idx')).toBe('@@index([sid])');
  expect(textAt('index public.call_log.call_hash')).toMatch(/call_hash/);
  expect(textAt('index public.call_log.call_again')).toMatch(/call_again/);
  expect(textAt('foreign key public."Note"."Note_call_id_fkey"')).toMatch(/^call {3}Call/);
  expect(textAt('table public."_CallToTag"')).toBe('calls Call[]');
  expect(textAt('column public."_CallToTag"."A"')).toBe('calls Call[]');
  expect(textAt('column public."_CallToTag"."B"')).toBe('tags  Tag[]');
  expect(textAt('view stats.totals')).toBe('view Total {');
  const without = catalog.objects
    .map((object) => renderAddressKey(addressOf(object)))
    .filter((key) => origin[key] === undefined);
  expect(without).toEqual(['schema public', 'schema stats']);
});

test('without origins there are none', async () => {
  const root = makeProject(project, []);
  const { origin } = await prisma({ schema: 'prisma/schema', root }).declare({ origins: false });
  expect(origin).toEqual({});
});
