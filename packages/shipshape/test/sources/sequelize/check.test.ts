// `check` over a project of sequelize-cli: what its migrations make agrees, a model that gains a column does not.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../src/prove/check.ts';
import { sequelize } from '../../../src/sources/sequelize/index.ts';
import { makeProject } from '../drizzle/project.ts';

const user = (more: string) => `const { DataTypes } = require('sequelize');
module.exports = (sequelize) => {
  const User = sequelize.define('User', {
    email: { type: DataTypes.STRING, unique: true },
    state: { type: DataTypes.ENUM('new', 'active'), defaultValue: 'new' },
    score: DataTypes.INTEGER,
    legacyId: DataTypes.STRING,${more}
  }, { indexes: [{ fields: ['score'] }] });
  return User;
};
`;
/** As teams write it: more NOT NULL, more defaults, another name of the enum, a generated column, a check. */
const sql = `CREATE TYPE user_state AS ENUM ('new', 'active');
CREATE TABLE "Users" (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email varchar(255) NOT NULL UNIQUE,
  state user_state NOT NULL DEFAULT 'new',
  score integer NOT NULL DEFAULT 10 CHECK (score > 0),
  "legacyId" varchar(255) GENERATED ALWAYS AS ('u' || id::text) STORED,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_score ON "Users" (score);
CREATE INDEX users_by_lower_email ON "Users" (lower(email));
CREATE VIEW active_users AS SELECT id FROM "Users" WHERE state = 'active';
`;

async function findingsOf(more: string) {
  const root = makeProject({ 'models/user.js': user(more) }, ['sequelize']);
  const folder = join(root, 'migrations');
  mkdirSync(folder);
  writeFileSync(join(folder, '0001_users.sql'), sql);
  const { findings } = await check({
    source: sequelize({ models: 'models/*.js', root }),
    folder,
    snapshotFile: join(root, 'shipshape.snapshot.json'),
    snapshotExpected: false,
  });
  return findings;
}

test('models that say less than the migrations are no error', async () => {
  const findings = await findingsOf('');
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});

test('a column more is told with its line', async () => {
  const errors = (await findingsOf('\n    recordingMode: DataTypes.STRING,')).filter(
    ({ severity }) => severity !== 'note',
  );
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    code: 'forgotten-migration',
    what: expect.stringContaining('"Users"."recordingMode"'),
    origin: { file: 'models/user.js', line: 8 },
  });
});

test('a label more is told, whatever the type is called', async () => {
  const root = makeProject({ 'models/user.js': user('').replace("'active')", "'active', 'gone')") }, [
    'sequelize',
  ]);
  const folder = join(root, 'migrations');
  mkdirSync(folder);
  writeFileSync(join(folder, '0001_users.sql'), sql);
  const { findings } = await check({
    source: sequelize({ models: 'models/*.js', root }),
    folder,
    snapshotFile: join(root, 'shipshape.snapshot.json'),
    snapshotExpected: false,
  });
  expect(findings.filter(({ severity }) => severity !== 'note')).toMatchObject([
    { what: expect.stringMatching(/user_state.*'gone'/), origin: { file: 'models/user.js', line: 5 } },
  ]);
});

test('a model over a view is answered by the view', async () => {
  const model = `module.exports = (sequelize, { INTEGER, STRING }) =>
  sequelize.define('ActiveUser', { id: { type: INTEGER, primaryKey: true }, email: STRING, score: INTEGER }, {
    tableName: 'active_users',
    timestamps: false,
  });
`;
  const root = makeProject({ 'models/active-user.js': model }, ['sequelize']);
  const folder = join(root, 'migrations');
  mkdirSync(folder);
  writeFileSync(join(folder, '0001_users.sql'), sql);
  const { findings } = await check({
    source: sequelize({ models: 'models/*.js', root }),
    folder,
    snapshotFile: join(root, 'shipshape.snapshot.json'),
    snapshotExpected: false,
  });
  expect(findings.filter(({ severity }) => severity !== 'note').map(({ what }) => what)).toEqual([
    'active_users.email is missing: no migration adds it',
    'active_users.score is missing: no migration adds it',
  ]);
});
