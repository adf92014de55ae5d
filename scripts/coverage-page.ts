// renderCoverage: docs/coverage.md, from what the sources are silent about.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds, type Silence } from '../packages/shipshape/src/catalog/index.ts';
import { aspectsOf } from '../packages/shipshape/src/compare/aspects.ts';
import { projectRoot } from './copy-project.ts';

const sources = join(projectRoot, 'packages/shipshape/src/sources');
const fixtures = join(projectRoot, 'packages/shipshape/test/sources');

/** Names people know, the versions that are read, and how each is tested. */
const about: Readonly<Record<string, { readonly name: string; readonly versions: string }>> = {
  drizzle: { name: 'Drizzle', versions: '0.44 and 0.45; 0.45.4 in the suite' },
  kysely: { name: 'Kysely', versions: '0.27 and 0.28; 0.28.19 in the suite' },
  'mikro-orm': {
    name: 'MikroORM 6',
    versions: '6; 6.6.9 in the suite, 6.4.3 with the packages of field-notes.md',
  },
  'mikro-orm-7': { name: 'MikroORM 7', versions: '7; in `matrix/`, on the Node that it wants' },
  prisma: { name: 'Prisma', versions: '6 and 7; the engine of 7.10.0 in the suite' },
  sequelize: { name: 'Sequelize', versions: '6, and sequelize-typescript 2; 6.37.8 and 2.1.6 in the suite' },
  sql: { name: 'SQL files', versions: 'whatever the scratch server understands' },
  typeorm: { name: 'TypeORM', versions: '0.3 and 1; 1.1.1 in the suite' },
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
