// The ways of declaring tables that the command line knows: a row each.
import type { Source } from '../catalog/index.ts';

export interface ModelPlace {
  /** The project's folder. */
  readonly root: string;
  /** A server on which throwaway databases may be made; the embedded one without it. */
  readonly scratchUrl: string | undefined;
}

interface ModelKind {
  /** In the configuration. */
  readonly key: string;
  readonly flag: string;
  readonly argument: string;
  readonly help: string;
  /** What somebody would write there. */
  readonly example: string;
  /** Loads the reader only now. `named`: absolute paths or patterns. */
  readonly open: (named: readonly string[], place: ModelPlace) => Promise<readonly Source[]>;
}

export const modelKinds = [
  {
    key: 'drizzle',
    flag: 'drizzle',
    argument: 'path',
    help: 'Drizzle models: a file, a folder or a pattern',
    example: 'src/db/schema.ts',
    open: async (named, { root }) => [
      (await import('../sources/drizzle/index.ts')).drizzle({ schema: named, root }),
    ],
  },
  {
    key: 'drizzleSnakeCase',
    flag: 'drizzle-snake-case',
    argument: 'path',
    help: "the same where drizzle() is given casing: 'snake_case'",
    example: 'src/db/schema.ts',
    open: async (named, { root }) => [
      (await import('../sources/drizzle/index.ts')).drizzle({ schema: named, root, casing: 'snake_case' }),
    ],
  },
  {
    key: 'prisma',
    flag: 'prisma',
    argument: 'path',
    help: 'Prisma: schema.prisma, or a folder of *.prisma files',
    example: 'prisma/schema.prisma',
    open: async (named, { root }) => [
      (await import('../sources/prisma/index.ts')).prisma({ schema: named, root }),
    ],
  },
  {
    key: 'typeorm',
    flag: 'typeorm',
    argument: 'module',
    help: 'TypeORM: the module of the DataSource, or of entities',
    example: 'src/data-source.ts',
    open: async (named, { root }) => [
      (await import('../sources/typeorm/index.ts')).typeorm({ dataSource: named, root }),
    ],
  },
  {
    key: 'mikroOrm',
    flag: 'mikro-orm',
    argument: 'module',
    help: 'MikroORM: the module of its configuration, or of entities',
    example: 'mikro-orm.config.ts',
    open: async (named, { root }) => [
      (await import('../sources/mikro-orm/index.ts')).mikroOrm({ config: named, root }),
    ],
  },
  {
    key: 'sequelize',
    flag: 'sequelize',
    argument: 'module',
    help: 'Sequelize: the module of its instance, or of models',
    example: 'models/index.js',
    open: async (named, { root }) => [
      (await import('../sources/sequelize/index.ts')).sequelize({ models: named, root }),
    ],
  },
  {
    key: 'kysely',
    flag: 'kysely',
    argument: 'file#Interface',
    help: 'Kysely: the interface that lists the tables',
    example: 'src/db/types.ts#Database',
    open: async (named, { root }) => {
      const { kysely } = await import('../sources/kysely/index.ts');
      return named.map((database) => kysely({ database, root }));
    },
  },
  {
    key: 'kyselyCamelCase',
    flag: 'kysely-camel-case',
    argument: 'file#Interface',
    help: "the same where the app uses Kysely's CamelCasePlugin",
    example: 'src/db/types.ts#Database',
    open: async (named, { root }) => {
      const { kysely } = await import('../sources/kysely/index.ts');
      return named.map((database) => kysely({ database, root, camelCase: true }));
    },
  },
  {
    key: 'schemaSql',
    flag: 'schema-sql',
    argument: 'file',
    help: 'SQL that makes the schema: a file, a folder or a pattern',
    example: 'schema.sql',
    open: async (named, { root, scratchUrl }) => {
      const [{ sql }, { openScratch }] = await Promise.all([
        import('../sources/sql/index.ts'),
        import('../prove/scratch.ts'),
      ]);
      return [sql({ files: named, root, openScratch: () => openScratch({ url: scratchUrl }) })];
    },
  },
] as const satisfies readonly ModelKind[];

export type ModelKey = (typeof modelKinds)[number]['key'];
/** What declares the tables: paths and patterns by the kind of their ORM; none of a kind that is not used. */
export type Models = Readonly<Partial<Record<ModelKey, readonly string[]>>>;

/** The environment variable that says the same as the flag. */
export function variableOf(flag: string): string {
  return `SHIPSHAPE_${flag.toUpperCase().replaceAll('-', '_')}`;
}
