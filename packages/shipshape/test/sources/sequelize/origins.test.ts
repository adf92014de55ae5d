// A model gains one column: its address appears, with the file and line that declare it, however the model is written.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, type Declaration, renderAddressKey } from '../../../src/catalog/index.ts';
import { sequelize } from '../../../src/sources/sequelize/index.ts';
import { makeProject } from '../drizzle/project.ts';

const project = {
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'src/db.ts': `import { Sequelize } from 'sequelize';
export const sequelize = new Sequelize({ dialect: 'postgres', logging: false, define: { underscored: true } });
`,
  'src/columns.ts': `import { DataTypes, type Sequelize } from 'sequelize';

export const stamps = {
  startedAt: DataTypes.DATE,
};
export function audited(attributes: object) {
  return {
    ...attributes,
    auditorName: DataTypes.STRING,
  };
}
export const keys = () => {
  const made = {
    tenantKey: DataTypes.UUID,
  };
  return made;
};
export function defineOwned(sequelize: Sequelize, name: string, attributes: object) {
  return sequelize.define(name, {
    ownerId: { type: DataTypes.INTEGER },
    ...attributes,
  });
}
`,
  'src/models/call.ts': `import { DataTypes, Model } from 'sequelize';
import { audited, keys, stamps } from '@/columns';
import { sequelize } from '../db';

export class Call extends Model {}
Call.init(
  audited({
    fromNumber: DataTypes.STRING,
    ...stamps,
    ...keys(),
  }) as never,
  { sequelize, tableName: 'calls' },
);
`,
  'src/models/others.ts': `import { DataTypes, Model } from 'sequelize';
import { defineOwned } from '../columns';
import { sequelize } from '../db';
import { Call } from './call';

export const Line = sequelize.define('line', {
  number: DataTypes.STRING,
});
export const Owned = defineOwned(sequelize, 'owned', {
  kind: DataTypes.STRING,
});
class Hidden extends Model {}
Hidden.init({
  id: { type: DataTypes.INTEGER, primaryKey: true },
}, { modelName: 'secret', sequelize });
Line.hasMany(Call);
`,
  'src/index.ts': `export { sequelize } from './db';
export * from './models/call';
export * from './models/others';
`,
};

const added = (file: string, before: string, line: string) => ({ file, before, line });
const cases = {
  'in the attributes of init': [
    added('src/models/call.ts', '    fromNumber: DataTypes.STRING,', '    toNumber: DataTypes.STRING,'),
    'public.calls.to_number',
  ],
  'in a spread constant': [
    added('src/columns.ts', '  startedAt: DataTypes.DATE,', '  endedAt: DataTypes.DATE,'),
    'public.calls.ended_at',
  ],
  'in a helper that is given the attributes': [
    added('src/columns.ts', '    auditorName: DataTypes.STRING,', '    auditReason: DataTypes.TEXT,'),
    'public.calls.audit_reason',
  ],
  'in a spread helper': [
    added('src/columns.ts', '    tenantKey: DataTypes.UUID,', '    shardKey: DataTypes.UUID,'),
    'public.calls.shard_key',
  ],
  'in the attributes of define': [
    added('src/models/others.ts', '  number: DataTypes.STRING,', '  label: DataTypes.STRING,'),
    'public.lines.label',
  ],
  'beside a helper that defines the model': [
    added('src/models/others.ts', '  kind: DataTypes.STRING,', '  size: DataTypes.INTEGER,'),
    'public.owneds.size',
  ],
  'inside a helper that defines the model': [
    added(
      'src/columns.ts',
      '    ownerId: { type: DataTypes.INTEGER },',
      '    ownerKind: { type: DataTypes.STRING },',
    ),
    'public.owneds.owner_kind',
  ],
  'in a class that is called otherwise': [
    added(
      'src/models/others.ts',
      '  id: { type: DataTypes.INTEGER, primaryKey: true },',
      '  word: DataTypes.STRING,',
    ),
    'public.secrets.word',
  ],
  'by an association': [
    added('src/models/others.ts', 'Line.hasMany(Call);', 'Call.belongsTo(Owned);'),
    'public.calls.owned_id',
  ],
  'by an association from the other side': [
    added('src/models/others.ts', 'Line.hasMany(Call);', "Hidden.hasOne(Line, { foreignKey: 'secretKey' });"),
    'public.lines.secret_key',
  ],
} as const;

async function declare(root: string): Promise<Declaration> {
  return sequelize({ models: 'src/index.ts', root }).declare({ origins: true });
}

function keysOf({ catalog }: Declaration): readonly string[] {
  return catalog.objects.map((object) => renderAddressKey(addressOf(object)));
}

test.each(Object.entries(cases))('a column added %s', async (_where, [{ file, before, line }, name]) => {
  const known = keysOf(await declare(makeProject(project, ['sequelize'])));
  const root = makeProject(project, ['sequelize']);
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, `${before}\n${line}`));
  const declaration = await declare(root);
  expect(keysOf(declaration).filter((key) => !known.includes(key))).toContain(`column ${name}`);
  const origin = declaration.origin[`column ${name}`]!;
  expect(origin.file).toBe(file);
  expect(readFileSync(path, 'utf8').split('\n')[origin.line - 1]).toBe(line);
});

const decorated = {
  'tsconfig.json':
    '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, "target": "ES2022", "useDefineForClassFields": false } }',
  'base.ts': `import { Column, Model } from 'sequelize-typescript';

export abstract class Base<Of extends {}> extends Model<Of> {
  @Column
  declare tenant: string;
}
`,
  'call.model.ts': `import { Column, Table } from 'sequelize-typescript';
import { Base } from './base';

@Table({ tableName: 'calls', underscored: true })
export class Call extends Base<Call> {
  @Column
  declare direction: string;
}
`,
  'database.ts': `import { Sequelize } from 'sequelize-typescript';
import { Call } from './call.model';
export const database = new Sequelize({ dialect: 'postgres', logging: false, models: [Call] });
`,
};

test.each([
  ['in a class', 'call.model.ts', '  declare direction: string;', 'endReason', 'database.ts'],
  ['in a base class', 'base.ts', '  declare tenant: string;', 'tenantKey', 'database.ts'],
  [
    'in a class whose instance is elsewhere',
    'call.model.ts',
    '  declare direction: string;',
    'by',
    '*.model.ts',
  ],
] as const)('a decorated property %s', async (_where, file, before, property, models) => {
  const line = `  declare ${property}: Date;`;
  const text = decorated[file].replace(before, `${before}\n  @Column\n${line}`);
  const root = makeProject({ ...decorated, [file]: text }, ['sequelize', 'sequelize-typescript']);
  const { catalog, origin } = await sequelize({ models, root }).declare({ origins: true });
  const name = property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect(catalog.objects).toContainEqual(expect.objectContaining({ name, type: 'timestamp with time zone' }));
  expect(origin[`column public.calls.${name}`]).toEqual({ file, line: text.split('\n').indexOf(line) + 1 });
});

test('what no text shows has the line of its model', async () => {
  const { origin } = await declare(makeProject(project, ['sequelize']));
  const lineOf = (file: keyof typeof project, needle: string) => ({
    file,
    line: project[file].split('\n').findIndex((each) => each.startsWith(needle)) + 1,
  });
  const call = lineOf('src/models/call.ts', 'Call.init(');
  expect(origin['table public.calls']).toEqual(call);
  expect(origin['column public.calls.id']).toEqual(call);
  expect(origin['column public.calls.created_at']).toEqual(call);
  expect(origin['column public.calls.line_id']).toEqual(lineOf('src/models/others.ts', 'Line.hasMany'));
});

test('models that a folder is read for have their own files', async () => {
  const files = {
    'models/index.js': `const { DataTypes, Sequelize } = require('sequelize');
const sequelize = new Sequelize({ dialect: 'postgres', logging: false });
for (const file of require('fs').readdirSync(__dirname + '/parts')) require('./parts/' + file)(sequelize, DataTypes);
module.exports = { sequelize };
`,
    'models/parts/user.js': `module.exports = (sequelize, DataTypes) =>
  sequelize.define('User', {
    name: DataTypes.STRING,
  });
`,
  };
  const root = makeProject(files, ['sequelize']);
  const { origin } = await sequelize({ models: 'models/index.js', root }).declare({ origins: true });
  expect(origin['column public."Users".name']).toEqual({ file: 'models/parts/user.js', line: 3 });
});
