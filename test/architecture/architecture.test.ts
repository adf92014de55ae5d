// The house rules that a machine can hold: rooms, floors, walls, who prints, who exits.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { codes, type Slug } from '../../packages/shipshape/src/report/index.ts';
import { renderCodePage } from '../../packages/shipshape/src/report/render/code-page.ts';
import { callsRooms, libraryRooms } from './rooms.ts';
import { readSources, resolveInTree, roomOf, type SourceFile } from './sources.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const engine = readSources(join(root, 'packages/shipshape/src'));
const embedded = readSources(join(root, 'packages/embedded/src'));
const calls = readSources(join(root, 'apps/calls/src'));
const everything = [...engine, ...embedded, ...calls];

describe.each([
  ['packages/shipshape', engine, libraryRooms],
  ['apps/calls', calls, callsRooms],
] as const)('%s', (_name, files, rooms) => {
  const names = Object.keys(rooms);

  test('every file stands in a room', () => {
    expect(files.filter((file) => roomOf(file.path, names) === null).map((file) => file.path)).toEqual([]);
  });

  test('imports go down only', () => {
    expect(files.flatMap((file) => importsUpwards(file, rooms))).toEqual([]);
  });

  test('no imports in a circle', () => {
    expect(circles(files)).toEqual([]);
  });
});

test('300 lines is a wall', () => {
  expect(everything.filter((file) => file.lines > 300).map((file) => `${file.path} ${file.lines}`)).toEqual(
    [],
  );
});

test('every file opens with one line that says what it is for', () => {
  expect(
    everything.filter((file) => !/^(#!.*\n)?\/\/ \S.*\n/.test(file.text)).map((file) => file.path),
  ).toEqual([]);
});

test('no attic: files are named after what they hold', () => {
  const attic = /(^|\/)(utils?|helpers?|common|types|misc|shared)\.ts$/;
  expect(everything.filter((file) => attic.test(file.path)).map((file) => file.path)).toEqual([]);
});

test('only cli/ and integrations/ print or exit', () => {
  const speaks = /\bconsole\.|process\.(stdout|stderr)\.write|process\.exit(Code)?\b/;
  const silent = engine.filter((file) => !/^(cli|integrations)\//.test(file.path));
  expect(silent.filter((file) => speaks.test(file.text)).map((file) => file.path)).toEqual([]);
});

test('the walk of compare names no object kind', () => {
  const walk = engine.find((file) => file.path === 'compare/compare.ts');
  expect(walk?.text).toBeDefined();
  expect(walk?.text).not.toMatch(
    /'(table|column|index|enum|schema|check|primary key|unique key|foreign key)'/,
  );
});

test('only db/gate.ts of the calls service imports shipshape', () => {
  const importers = calls.filter((file) => file.imports.some((each) => /^shipshape(\/|$)/.test(each)));
  expect(importers.map((file) => file.path)).toEqual(['db/gate.ts']);
});

test('no source imports another source', () => {
  const crossing = engine.filter((file) => {
    const mine = /^sources\/([^/]+)\//.exec(file.path)?.[1];
    return (
      mine !== undefined &&
      file.imports.some(
        (each) =>
          /\/sources\//.test(each) ||
          (/^\.\.\/(?!\.\.)[^/]+\/?/.test(each) &&
            !existsSync(join(root, 'packages/shipshape/src/sources', mine, each))),
      )
    );
  });
  expect(crossing.map((file) => file.path)).toEqual([]);
});

describe('codes and their pages', () => {
  const folder = join(root, 'docs/codes');
  const slugs = Object.keys(codes()).sort();

  test('match one to one', () => {
    const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(pages.map((name) => name.replace(/\.md$/, '')).sort()).toEqual(slugs);
  });

  test.each(slugs)('docs/codes/%s.md is what the catalogue says (npm run docs)', (slug) => {
    expect(readFileSync(join(folder, `${slug}.md`), 'utf8')).toBe(renderCodePage(slug as Slug));
  });

  test.each(slugs)('%s is raised somewhere', (slug) => {
    const raised = engine.filter(
      (file) => !file.path.startsWith('report/codes/') && file.text.includes(`'${slug}'`),
    );
    expect(raised.length).toBeGreaterThan(0);
  });
});

describe('package-lock.json', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { engines?: { node?: string }; resolved?: string; link?: boolean }>;
  };

  test('names no registry host', () => {
    const hosts = Object.entries(lock.packages).filter(([, entry]) => entry.resolved?.startsWith('http'));
    expect(hosts.map(([name]) => name)).toEqual([]);
  });

  test('no dependency excludes Node 20.19', () => {
    const excluding = Object.entries(lock.packages).filter(
      ([, { engines }]) => engines?.node && !admits(engines.node),
    );
    expect(excluding.map(([name, { engines }]) => `${name}: ${engines?.node}`)).toEqual([]);
  });
});

/** Whether a node range as npm packages write them admits 20.19.0. */
function admits(range: string): boolean {
  const tight = range.replace(/(>=|<=|>|<|\^|~|=)\s+/g, '$1');
  return tight.split('||').some((part) =>
    part
      .trim()
      .split(/\s+(?=[<>=^~\d])/)
      .every((comparator) => {
        const match = /^(>=|>|<=|<|\^|~|=)?v?(\d+|\*|x)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?/.exec(
          comparator.trim(),
        );
        if (match === null) return comparator.trim() === '*' || comparator.trim() === '';
        const [, operator = '', major = '*', minor = '0', patch = '0'] = match;
        if (major === '*' || major === 'x') return true;
        const order = compareVersions([20, 19, 0], [Number(major), Number(minor) || 0, Number(patch) || 0]);
        if (operator === '>=') return order >= 0;
        if (operator === '>') return order > 0;
        if (operator === '<') return order < 0;
        if (operator === '<=') return order <= 0;
        return Number(major) === 20 && order >= 0;
      }),
  );
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((each, at) => each !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function importsUpwards(
  file: SourceFile,
  rooms: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const names = Object.keys(rooms);
  const room = roomOf(file.path, names);
  const allowed = room === null ? [] : (rooms[room] ?? []);
  if (allowed.includes('*')) return [];
  return file.imports.flatMap((specifier) => {
    const target = resolveInTree(file.path, specifier);
    if (target === null) return [];
    const targetRoom = roomOf(target, names);
    const fine = targetRoom !== null && (targetRoom === room || allowed.includes(targetRoom));
    return fine ? [] : [`${file.path} imports ${target}`];
  });
}

function circles(files: readonly SourceFile[]): readonly string[] {
  const graph = new Map(
    files.map((file) => [file.path, file.imports.flatMap((each) => resolveInTree(file.path, each) ?? [])]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}
