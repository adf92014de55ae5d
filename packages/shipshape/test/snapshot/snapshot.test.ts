// The snapshot as text and back, for any catalog; and what makes it stale.
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { makeCatalog } from '../../src/catalog/index.ts';
import type { Need } from '../../src/need/need.ts';
import { makeSnapshot } from '../../src/snapshot/make-snapshot.ts';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import { renderSnapshot } from '../../src/snapshot/render-snapshot.ts';
import type { SnapshotMigration } from '../../src/snapshot/snapshot.ts';
import { staleAgainstMigrations, staleAgainstNeed } from '../../src/snapshot/staleness.ts';
import { anyCatalog } from '../compare/arbitrary-catalog.ts';

test('what was written is what is read', () => {
  fc.assert(
    fc.property(anyCatalog, (catalog) => {
      const snapshot = makeSnapshot({
        postgres: 18,
        migrations: [{ id: '0001_first', checksum: 'sha256:a' }],
        catalog,
        provenance: { 'table public.t': '0001_first' },
        need: { tables: [], enums: [] },
      });
      const text = renderSnapshot(snapshot);
      expect({ ...parseSnapshot(Buffer.from(text), 'file') }).toEqual(snapshot);
      // A formatter may have been over it, and git may have turned its line ends.
      for (const turned of [JSON.stringify(JSON.parse(text)), text.replaceAll('\n', '\r\n')])
        expect({ ...parseSnapshot(Buffer.from(turned), 'file') }).toEqual(snapshot);
    }),
  );
});

test('what the statements do is kept in a text as it was written, and is no matter of the fingerprint', () => {
  const plain = sealed();
  const statements = [{ from: 0, to: 9, line: 1, changes: [{ verb: 'create', what: 'table a' } as const] }];
  const first = { id: '0001_first', checksum: 'sha256:a' };
  const made = (each: SnapshotMigration) => makeSnapshot({ ...plain, migrations: [each] });
  const snapshot = made({ ...first, statements });
  expect(snapshot.fingerprint).toBe(made(first).fingerprint);
  const text = renderSnapshot(snapshot);
  expect(parseSnapshot(Buffer.from(text), 'file').migrations).toEqual([{ ...first, statements }]);
  // Nothing would tell that they were changed by hand.
  const changed = Buffer.from(text.replace('"what":"table a"', '"what":"table b"'));
  expect(parseSnapshot(changed, 'file').migrations).toEqual([first]);
});

test('what was written is parsed as far as it is asked for', () => {
  const text = renderSnapshot(sealed());
  const parse = vi.spyOn(JSON, 'parse');
  try {
    const snapshot = parseSnapshot(Buffer.from(text), 'file');
    expect(parse).toHaveBeenCalledTimes(1);
    expect(snapshot.seals).toEqual(sealed().seals);
    expect(snapshot.seals).not.toBeNull();
    expect(parse).toHaveBeenCalledTimes(2);
  } finally {
    parse.mockRestore();
  }
});

test.each([
  ['a line of the need', '"name":"mail"', '"name":"post"'],
  ['a seal', '"seal":"s1"', '"seal":"s2"'],
  ['the fingerprint', '"fingerprint": "sha256:', '"fingerprint": "sha256:0'],
  ['the checksum', '"checksum": "sha256:', '"checksum": "sha256:0'],
])('%s that was changed by hand makes it no snapshot, or is no matter', (_, written, instead) => {
  const text = renderSnapshot(sealed());
  expect(text).toContain(written);
  const changed = Buffer.from(text.replace(written, instead));
  // The checksum is only a short way to know a text again.
  if (written.includes('checksum')) expect({ ...parseSnapshot(changed, 'file') }).toEqual(sealed());
  else expect(() => parseSnapshot(changed, 'file')).toThrow(/was changed by hand/);
});

/** One table, which the server says is as the need wants it. */
function sealed(type = 'text') {
  const column = { name: 'mail', nullable: true, default: null };
  return makeSnapshot({
    postgres: 18,
    migrations: [],
    catalog: makeCatalog([
      { kind: 'table', schema: 'public', name: 'mails' },
      {
        kind: 'column',
        schema: 'public',
        table: 'mails',
        type: 'text',
        identity: null,
        generated: null,
        ...column,
      },
    ]),
    provenance: {},
    need: {
      tables: [
        {
          schema: 'public',
          name: 'mails',
          unqualified: true,
          columns: [{ ...column, type, filled: false, origin: null }],
          uniqueKeys: [],
          origin: null,
        },
      ],
      enums: [],
    },
    sealed: {
      searchPath: ['public'],
      types: 't',
      relations: [{ kind: 'table', schema: 'public', name: 'mails', seal: 's1' }],
    },
  });
}

test('only a need that lacks nothing is sealed', () => {
  expect(sealed().seals).toEqual({
    searchPath: ['public'],
    types: 't',
    coverage: { tables: 1, columns: 1, uniqueKeys: 0, enums: 0 },
    relations: [{ kind: 'table', schema: 'public', name: 'mails', seal: 's1' }],
  });
  expect(sealed('integer').seals).toBeNull();
});

test('stale is said file by file', () => {
  const snapshot = makeSnapshot({
    postgres: 18,
    migrations: [
      { id: '0001_first', checksum: 'sha256:a' },
      { id: '0002_gone', checksum: 'sha256:b' },
    ],
    catalog: { objects: [] },
    provenance: {},
    need: { tables: [], enums: [] },
  });
  const files = [
    { id: '0001_first', checksum: 'sha256:other' },
    { id: '0003_new', checksum: 'sha256:c' },
  ];
  expect(staleAgainstMigrations(snapshot, files)).toEqual([
    'it does not know 0003_new',
    '0001_first was edited since',
    '0002_gone is gone from the folder',
  ]);
  expect(staleAgainstMigrations(snapshot, snapshot.migrations)).toEqual([]);
});

test('the spelling of a type makes nothing stale, and another type does', () => {
  const needOf = (type: string): Need => ({
    tables: [
      {
        schema: 'public',
        name: 'mails',
        unqualified: true,
        columns: [{ name: 'mail', type, nullable: true, filled: false, default: null, origin: null }],
        uniqueKeys: [],
        origin: null,
      },
    ],
    enums: [],
  });
  const kept = (type: string) =>
    makeSnapshot({
      postgres: 18,
      migrations: [],
      catalog: { objects: [] },
      provenance: {},
      need: needOf(type),
    });
  // As a server prints it, and as a model names it.
  expect(staleAgainstNeed(kept('public.citext'), needOf('citext'))).toEqual([]);
  expect(staleAgainstNeed(kept('public.geometry(Point,4326)'), needOf('geometry(Point, 4326)'))).toEqual([]);
  expect(staleAgainstNeed(kept('public.citext'), needOf('text'))).toEqual([
    'the models changed public.mails',
  ]);
});

test('the order in which models tell what is in a table makes no snapshot stale', () => {
  const column = (name: string) => ({
    name,
    type: 'text',
    nullable: true,
    filled: false,
    default: null,
    origin: null,
  });
  const needOf = (names: readonly string[], keys: readonly (readonly string[])[]): Need => ({
    tables: [
      {
        schema: 'public',
        name: 'mails',
        unqualified: true,
        columns: names.map(column),
        uniqueKeys: keys.map((columns) => ({ columns, primary: false })),
        origin: null,
      },
    ],
    enums: [],
  });
  const kept = makeSnapshot({
    postgres: 18,
    migrations: [],
    catalog: makeCatalog([]),
    provenance: {},
    need: needOf(['a', 'b', 'c'], [['a', 'b'], ['c']]),
  });
  expect(staleAgainstNeed(kept, needOf(['c', 'a', 'b'], [['c'], ['b', 'a']]))).toEqual([]);
  const changed = ['the models changed public.mails'];
  expect(staleAgainstNeed(kept, needOf(['c', 'a', 'd'], [['c'], ['b', 'a']]))).toEqual(changed);
  expect(staleAgainstNeed(kept, needOf(['c', 'a', 'b'], [['c'], ['b']]))).toEqual(changed);
});
