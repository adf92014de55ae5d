// `check` over a project of Prisma: what its migrations make agrees, a model that gains a column does not.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../src/prove/check.ts';
import { prisma } from '../../../src/sources/prisma/index.ts';
import { makeProject } from '../drizzle/project.ts';

const schema = (more = '') => `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views"]
}

datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model User {
  id        String   @id @default(uuid())
  email     String   @unique
  role      Role     @default(USER)
  tags      String[]
  fullName  String?  @default(dbgenerated()) @map("full_name")
  createdAt DateTime @default(now()) @map("created_at")
  updatedAt DateTime @updatedAt @map("updated_at")
  groups    Group[]
${more}
  @@map("users")
}

model Group {
  id    Int    @id @default(autoincrement())
  name  String
  users User[]

  @@index([name])
}

view Active {
  email String @unique
  id    String

  @@map("active_users")
}

enum Role {
  USER
  ADMIN
}
`;

/** As teams have it: written by Prisma 5, then mended by hand. */
const migration = `-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'USER',
    "tags" TEXT[] NOT NULL,
    "full_name" TEXT GENERATED ALWAYS AS (lower(email)) STORED,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL DEFAULT now(),
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "Group" (
    "id" INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "name" TEXT NOT NULL CHECK (name <> '')
);
CREATE TABLE "_GroupToUser" ("A" INTEGER NOT NULL, "B" TEXT NOT NULL);
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
CREATE UNIQUE INDEX "_GroupToUser_AB_unique" ON "_GroupToUser"("A", "B");
CREATE INDEX "_GroupToUser_B_index" ON "_GroupToUser"("B");
CREATE INDEX "Group_name_idx" ON "Group"("name") WHERE name <> 'x';
ALTER TABLE "_GroupToUser" ADD CONSTRAINT "_GroupToUser_A_fkey" FOREIGN KEY ("A") REFERENCES "Group"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_GroupToUser" ADD CONSTRAINT "_GroupToUser_B_fkey" FOREIGN KEY ("B") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE MATERIALIZED VIEW active_users AS SELECT id, email, role FROM users;
`;

async function findingsOf(text: string, more = '') {
  const root = makeProject({ 'prisma/schema.prisma': text }, []);
  const folder = join(root, 'prisma/migrations');
  mkdirSync(join(folder, '20240101000000_init'), { recursive: true });
  writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  writeFileSync(join(folder, '20240101000000_init/migration.sql'), migration + more);
  const { findings } = await check({
    source: prisma({ schema: 'prisma', root }),
    folder,
    snapshotFile: join(root, 'shipshape.snapshot.json'),
    snapshotExpected: false,
  });
  return findings.filter(({ severity }) => severity !== 'note');
}

test('what Prisma cannot say and what older versions made is no finding', async () => {
  expect(await findingsOf(schema())).toEqual([]);
});

test('a column more is told with its line', async () => {
  const findings = await findingsOf(schema('  mode String? @map("recording_mode")\n'));
  expect(findings).toMatchObject([
    {
      code: 'forgotten-migration',
      what: expect.stringContaining('users.recording_mode'),
      origin: { file: 'prisma/schema.prisma', line: 20 },
    },
  ]);
});

test('a column of a view, a label, an index and a table of a relation', async () => {
  const text = schema()
    .replace('  id    String\n', '  id    String\n  score Int?\n')
    .replace('  ADMIN\n', '  ADMIN\n  GUEST\n')
    .replace('@@index([name])', '@@index([name])\n  @@unique([name, id])')
    .replace('  groups    Group[]\n', '  groups    Group[]\n  owned     Group[]  @relation("owns")\n')
    .replace('  users User[]\n', '  users User[]\n  owner User[]   @relation("owns")\n');
  const findings = await findingsOf(text);
  const lineOf = (needle: string) => text.split('\n').findIndex((line) => line.includes(needle)) + 1;
  expect(findings.map(({ what, origin }) => [what.split(' ')[0], origin?.line])).toEqual([
    ['table', lineOf('owned     Group[]')],
    ['index', lineOf('@@unique([name, id])')],
    ['view', lineOf('view Active')],
    ['enum', lineOf('enum Role')],
  ]);
});

test('defaults of functions, and types, that a migration makes and Prisma has no words for', async () => {
  const sql = `CREATE DOMAIN positive AS integer CHECK (value > 0);
CREATE FUNCTION next_code(kind text) RETURNS text LANGUAGE sql AS 'SELECT $1 || count(*) FROM users';
CREATE TABLE "Code" (
  "code" TEXT NOT NULL DEFAULT next_code('c'),
  "worth" positive,
  CONSTRAINT "Code_pkey" PRIMARY KEY ("code")
);
`;
  const model = (worth: string) => `model Code {
  code  String @id @default(dbgenerated("next_code('c'::text)"))
  worth Unsupported("${worth}")?
}
`;
  expect(await findingsOf(schema() + model('positive'), sql)).toEqual([]);
  expect(await findingsOf(schema() + model('integer'), sql)).toMatchObject([
    { what: expect.stringContaining('"Code".worth'), aspect: 'type' },
  ]);
});
