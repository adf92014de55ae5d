// The fixture projects, as the command line would name them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataTypes, Sequelize } from 'sequelize';
import type { SequelizeOptions } from '../../../src/sources/sequelize/index.ts';
import { importFrom } from './build.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

export interface Fixture extends SequelizeOptions {
  readonly models: string;
  readonly root: string;
  /** The instance, as the app itself makes it. */
  readonly open: () => Promise<Sequelize>;
}

function fixture(name: string, models: string, path: string, rest: Partial<Fixture> = {}): Fixture {
  const root = join(folder, name);
  const open = async () => {
    const exports = (await importFrom(root, path)) as { sequelize?: Sequelize; default?: unknown };
    const whole = exports.default as Sequelize & { sequelize?: Sequelize };
    return exports.sequelize ?? whole.sequelize ?? whole;
  };
  return { models, root, open, ...rest };
}

export const fixtures = {
  /** What sequelize-cli makes: CommonJS, `models/index.js` that reads its folder, classes and `define`. */
  cli: fixture('cli', 'models/index.js', 'models/index.js'),
  /** `Model.init` in TypeScript with aliases, attributes from helpers, a schema, underscored names. */
  typed: fixture('typed', 'src/models/index.ts', 'src/models/index.ts'),
  /** Every type, default, key and index. */
  define: fixture('define', 'database.ts', 'database.ts'),
  /** Model files without the module that makes the instance: functions, and a function that calls `init`. */
  factories: fixture('factories', 'models/*.ts', '', {
    options: { define: { underscored: true } },
    open: openFactories,
  }),
  /** sequelize-typescript: decorated classes that several files declare, with a base class. */
  decorated: fixture('decorated', 'src/*.model.ts', '', { open: openDecorated }),
} as const;

type Make = (sequelize: Sequelize, types?: unknown) => { associate(models: object): void };

async function openFactories(): Promise<Sequelize> {
  const root = join(folder, 'factories');
  const account = (await importFrom(root, 'models/account.ts')) as { default: Make };
  const entry = (await importFrom(root, 'models/entry.ts')) as { initEntry: Make };
  const sequelize = new Sequelize({ dialect: 'postgres', logging: false, define: { underscored: true } });
  const made = { account: account.default(sequelize, DataTypes), entry: entry.initEntry(sequelize) };
  made.account.associate(made);
  return sequelize;
}

async function openDecorated(): Promise<Sequelize> {
  const root = join(folder, 'decorated');
  const names = { team: 'Team', member: 'Member', project: 'Project', 'team-project': 'TeamProject' };
  const models = await Promise.all(
    Object.entries(names).map(async ([file, name]) => (await importFrom(root, `src/${file}.model.ts`))[name]),
  );
  const { Sequelize } = await import('sequelize-typescript');
  return new Sequelize({ dialect: 'postgres', logging: false, models: models as never });
}
