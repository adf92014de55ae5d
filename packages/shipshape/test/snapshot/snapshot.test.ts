// The snapshot as text and back, for any catalog; and what makes it stale.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Need } from '../../src/need/need.ts';
import { makeSnapshot } from '../../src/snapshot/make-snapshot.ts';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import { renderSnapshot } from '../../src/snapshot/render-snapshot.ts';
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
      expect(parseSnapshot(Buffer.from(renderSnapshot(snapshot)), 'file')).toEqual(snapshot);
    }),
  );
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
