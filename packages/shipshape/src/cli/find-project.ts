// findProject: what declares the tables of a project and where its migrations lie, by the places in which people keep them.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../migrate/folder.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { ShipshapeError } from '../report/index.ts';
import type { ModelKey } from './model-kinds.ts';

export interface FoundProject {
  /** Paths as the configuration writes them, relative to the project. */
  readonly models: Readonly<Partial<Record<ModelKey, string>>>;
  readonly migrations: string | null;
  /** Null where the folder is not there, or cannot be read. */
  readonly folder: Pick<Folder, 'format' | 'tool' | 'command'> | null;
}

interface Sign {
  readonly key: ModelKey;
  /** One of these is a dependency of the project. */
  readonly packages: readonly string[];
  readonly places: readonly string[];
  /** What the file says where it is the one. */
  readonly says: RegExp;
}

const named = (folders: readonly string[], names: readonly string[]): readonly string[] =>
  folders.flatMap((folder) => names.map((name) => `${folder}${name}`));

const signs: readonly Sign[] = [
  {
    key: 'drizzle',
    packages: ['drizzle-orm'],
    places: [
      ...named(
        ['src/db/', 'src/', 'src/database/', 'src/lib/db/', 'lib/db/', 'db/', 'app/db/', 'drizzle/'],
        ['schema.ts', 'schema'],
      ),
    ],
    says: /drizzle-orm|^\s*$/,
  },
  {
    key: 'prisma',
    packages: ['prisma', '@prisma/client'],
    places: [
      'prisma/schema.prisma',
      'schema.prisma',
      'prisma/schema',
      'src/prisma/schema.prisma',
      'db/schema.prisma',
    ],
    says: /\b(?:model|datasource)\b/,
  },
  {
    key: 'typeorm',
    packages: ['typeorm'],
    places: named(
      ['src/', '', 'src/db/', 'src/database/', 'src/config/', 'db/', 'database/'],
      [
        'data-source.ts',
        'data-source.js',
        'datasource.ts',
        'dataSource.ts',
        'typeorm.config.ts',
        'ormconfig.ts',
        'ormconfig.js',
      ],
    ),
    says: /\bDataSource\b/,
  },
  {
    key: 'mikroOrm',
    packages: ['@mikro-orm/core', '@mikro-orm/postgresql'],
    places: named(
      ['', 'src/', 'src/db/', 'src/database/', 'src/config/'],
      ['mikro-orm.config.ts', 'mikro-orm.config.js'],
    ),
    says: /mikro-orm/,
  },
  {
    key: 'sequelize',
    packages: ['sequelize', 'sequelize-typescript'],
    places: named(
      ['', 'src/', 'db/', 'src/db/', 'app/', 'server/'],
      ['models/index.js', 'models/index.ts', 'sequelize.ts', 'sequelize.js'],
    ),
    says: /[Ss]equelize/,
  },
  {
    key: 'kysely',
    packages: ['kysely'],
    places: named(
      ['src/db/', 'src/', 'src/database/', 'db/', '', 'lib/'],
      ['types.ts', 'database.ts', 'db.ts', 'schema.ts', 'index.ts', 'db.d.ts'],
    ),
    says: /\b(?:interface|type)\s+(?:Database|DB)\b/,
  },
];

const sqlPlaces = named(['', 'db/', 'database/', 'sql/', 'src/db/'], ['schema.sql', 'structure.sql']);

const migrationPlaces = [
  'migrations',
  'db/migrations',
  'src/db/migrations',
  'src/migrations',
  'src/database/migrations',
  'database/migrations',
  'sql/migrations',
  'prisma/migrations',
  'drizzle',
  'drizzle/migrations',
];

export async function findProject(cwd: string): Promise<FoundProject> {
  const kit = readDrizzleKit(cwd);
  const models = findModels(cwd, kit);
  const places = [...(kit.out === null ? [] : [kit.out]), ...migrationPlaces];
  for (const place of places.filter((each) => isFolder(join(cwd, each)))) {
    const folder = await readKnown(join(cwd, place));
    if (folder !== null) return { models, migrations: place, folder };
  }
  return { models, migrations: null, folder: null };
}

function findModels(cwd: string, kit: DrizzleKit): FoundProject['models'] {
  const installed = readDependencies(cwd);
  const isUsed = ({ packages }: Sign): boolean =>
    installed === null || packages.some((name) => installed.has(name));
  const found: Partial<Record<ModelKey, string>> = {};
  for (const sign of signs.filter(isUsed)) {
    const places = sign.key === 'drizzle' && kit.schema !== null ? [kit.schema] : sign.places;
    const place = places.find((each) => each.includes('*') || isMeant(join(cwd, each), sign));
    if (place === undefined) continue;
    if (sign.key === 'drizzle' && kit.casing === 'snake_case') found.drizzleSnakeCase = place;
    else if (sign.key !== 'kysely') found[sign.key] = place;
    else {
      const text = readFileSync(join(cwd, place), 'utf8');
      const name = sign.says.exec(text)?.[0].split(/\s+/)[1];
      found[/\bCamelCasePlugin\b/.test(text) ? 'kyselyCamelCase' : 'kysely'] = `${place}#${name}`;
    }
  }
  // Beside an ORM such a file is what a tool dumps of its migrations.
  const sql = sqlPlaces.find((place) => existsSync(join(cwd, place)));
  if (Object.keys(found).length === 0 && sql !== undefined) found.schemaSql = sql;
  return found;
}

/** A folder is meant as it is; so is a pattern, which only drizzle-kit's own configuration gives. */
function isMeant(path: string, { says }: Sign): boolean {
  if (!existsSync(path)) return false;
  return isFolder(path) || says.test(readFileSync(path, 'utf8'));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Null without a package.json that names one of the ORMs: then the files alone tell. */
function readDependencies(cwd: string): ReadonlySet<string> | null {
  const file = join(cwd, 'package.json');
  if (!existsSync(file)) return null;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
  const { dependencies, devDependencies } = (content ?? {}) as Record<string, object | undefined>;
  const names = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  return signs.some(({ packages }) => packages.some((name) => names.has(name))) ? names : null;
}

interface DrizzleKit {
  readonly schema: string | null;
  readonly out: string | null;
  readonly casing: string | null;
}

/** What drizzle-kit is told, as far as it stands there as plain texts; the file is not run. */
function readDrizzleKit(cwd: string): DrizzleKit {
  const file = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs'].find((name) =>
    existsSync(join(cwd, name)),
  );
  if (file === undefined) return { schema: null, out: null, casing: null };
  const text = readFileSync(join(cwd, file), 'utf8');
  const settingOf = (key: string): string | null =>
    new RegExp(`\\b${key}\\s*:\\s*(['"\`])\\.?/?([^'"\`$]+)\\1`).exec(text)?.[2] ?? null;
  return { schema: settingOf('schema'), out: settingOf('out'), casing: settingOf('casing') };
}

/** A folder that holds no migrations, or somebody's that cannot be told, is none that is found. */
async function readKnown(path: string): Promise<FoundProject['folder']> {
  try {
    return await readFolder(path);
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return null;
  }
}
