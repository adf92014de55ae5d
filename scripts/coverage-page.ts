// renderCoverage: docs/coverage.md, from what the sources are silent about.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds, type Silence } from '../packages/shipshape/src/catalog/index.ts';
import { aspectsOf } from '../packages/shipshape/src/compare/aspects.ts';
import { projectRoot } from './copy-project.ts';

const sources = join(projectRoot, 'packages/shipshape/src/sources');
const fixtures = join(projectRoot, 'packages/shipshape/test/sources');

const locks = {
  suite: 'package-lock.json',
  matrix: 'matrix/package-lock.json',
  'mikro-orm-7': 'matrix/mikro-orm-7/package-lock.json',
} as const;

/** The version that the tests run with, from the lock that pins it. */
export function lockedVersion(lock: keyof typeof locks, name: string): string {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, locks[lock]), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version: string }>>;
  };
  const found = packages[`node_modules/${name}`];
  if (found === undefined) throw new Error(`${locks[lock]} has no ${name}`);
  return found.version;
}
const suite = (name: string): string => lockedVersion('suite', name);
const matrix = (name: string): string => lockedVersion('matrix', name);

interface About {
  /** As people know it. */
  readonly name: string;
  /** Which are read, and which of them the tests run with. */
  readonly versions: string;
}

const about: Readonly<Record<string, About>> = {
  drizzle: {
    name: 'Drizzle',
    versions: `0.44 and 0.45; tested: ${suite('drizzle-orm')}, ${matrix('drizzle-orm-0.44')}. 1.0 is refused`,
  },
  kysely: {
    name: 'Kysely',
    versions: `0.27 to 0.29; tested: ${suite('kysely')}, ${matrix('kysely-0.27')}, ${matrix('kysely-0.29')} (which runs on Node 22 and later)`,
  },
  'mikro-orm': {
    name: 'MikroORM 6',
    versions: `6; tested: ${suite('@mikro-orm/core')}, and 6.4.3 with the packages of field-notes.md`,
  },
  'mikro-orm-7': {
    name: 'MikroORM 7',
    versions: `7; tested: ${lockedVersion('mikro-orm-7', '@mikro-orm/core')}, on the Node that it wants`,
  },
  prisma: {
    name: 'Prisma',
    versions: `6 and 7, read by the engine ${suite('@prisma/schema-engine-wasm').slice(0, 6)}; tested: the engine of 6.19 (${matrix('prisma-engine-6').slice(0, 5)}) prints the same`,
  },
  sequelize: {
    name: 'Sequelize',
    versions: `6, and sequelize-typescript 2; tested: ${suite('sequelize')}, ${suite('sequelize-typescript')}`,
  },
  sql: { name: 'SQL files', versions: 'whatever the scratch server understands' },
  typeorm: {
    name: 'TypeORM',
    versions: `0.3 and 1; tested: ${suite('typeorm')}, ${matrix('typeorm-0.3')}`,
  },
};

export interface SourceSilences {
  readonly source: string;
  readonly silences: readonly Silence[];
}

type SilenceModule =
  | { readonly silences: readonly Silence[] }
  | { silencesOf(isSeven: boolean): readonly Silence[] };

/** What each source can never say, in the order of the folders. */
export async function readSilences(): Promise<readonly SourceSilences[]> {
  const names = readdirSync(sources)
    .filter((name) => existsSync(join(sources, name, 'silence.ts')))
    .sort();
  const read = await Promise.all(
    names.map(async (source) => {
      const module = (await import(join(sources, source, 'silence.ts'))) as SilenceModule;
      if ('silences' in module) return [{ source, silences: module.silences }];
      // Two majors that can say different things.
      return [
        { source, silences: module.silencesOf(false) },
        { source: `${source}-7`, silences: module.silencesOf(true) },
      ];
    }),
  );
  return read.flat();
}

export async function renderCoverage(): Promise<string> {
  const all = await readSilences();
  return [
    '# What each source can say, and what it cannot',
    '',
    'Made from the silences of the code by `npm run docs`; a test compares. What a source cannot say is never compared: it',
    'is neither missing nor unequal, and what is there of it is no finding. Everything else is read, put through a real',
    'server and compared.',
    '',
    '| source | versions | silences |',
    '|---|---|---|',
    ...all.map(
      ({ source, silences }) =>
        `| [${nameOf(source)}](#${source}) | ${about[source]?.versions ?? ''} | ${silences.length} |`,
    ),
    '',
    '## What is compared at all',
    '',
    '| kind | aspects |',
    '|---|---|',
    ...kinds.map(
      (kind) => `| ${kind} | ${['existence', ...aspectsOf(kind).map(({ name }) => name)].join(' · ')} |`,
    ),
    '',
    ...all.flatMap(renderSource),
  ].join('\n');
}

function nameOf(source: string): string {
  return about[source]?.name ?? source;
}

function renderSource({ source, silences }: SourceSilences): readonly string[] {
  const single = readSingle(source);
  return [
    `<a id="${source}"></a>`,
    '',
    `## ${nameOf(source)}`,
    '',
    '| never said | of | because |',
    '|---|---|---|',
    ...group(silences).map(([of, because, aspects]) => `| ${aspects.join(', ')} | ${of} | ${because} |`),
    '',
    ...(single.length === 0
      ? []
      : ['Of single things, as the fixtures show:', '', ...single.map((each) => `- ${each}`), '']),
  ];
}

function group(silences: readonly Silence[]): readonly (readonly [string, string, readonly string[]])[] {
  const groups = new Map<string, [string, string, string[]]>();
  for (const { address, aspect, because } of silences) {
    const key = JSON.stringify([address, because]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [address, because, [aspect]]);
    else known[2].push(aspect);
  }
  return [...groups.values()];
}

/** Each reason once, from the texts that people have reviewed. */
function readSingle(source: string): readonly string[] {
  const folder = join(fixtures, source);
  if (!existsSync(folder)) return [];
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('declared.txt'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/^silent on (.+?) of (.+?): (.+)$/gm)].flatMap(([, aspect, address = '', because]) => {
      const kind = [...kinds]
        .sort((a, b) => b.length - a.length)
        .find((each) => address.startsWith(`${each} `));
      return kind === undefined ? [] : [`${aspect} of a ${kind}: ${because}`];
    }),
  );
  return [...new Set(found)].sort();
}
