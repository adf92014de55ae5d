// What is read for a need alone: the need is the same, and what it does not ask about is not touched.
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { makeNeed } from '../../../src/need/make-need.ts';
import type { Need } from '../../../src/need/need.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';
import { fixtures } from './fixtures.ts';

beforeAll(() => {
  vi.stubEnv('TENANT_SCHEMA', 'tenant_7');
});

/** What is in a table may be told in any order. */
function inOrder({ tables, enums }: Need): Need {
  const order = <Each>(list: readonly Each[], textOf: (each: Each) => string) =>
    list.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
  return {
    tables: tables.map((table) => ({
      ...table,
      columns: order(table.columns, ({ name }) => name),
      uniqueKeys: order(table.uniqueKeys, ({ columns }) => columns.join()),
    })),
    enums,
  };
}

describe.each(Object.entries(fixtures))('%s', (_name, fixture) => {
  test('has the need that the whole of it has', async () => {
    const whole = makeNeed(await drizzle(fixture).declare({ origins: true }));
    const needed = makeNeed(await drizzle(fixture).declare({ origins: true, extent: 'needed' }));
    expect(whole.tables.length).toBeGreaterThan(0);
    expect(inOrder(needed)).toEqual(inOrder(whole));
  });
});

test('of keys and indexes, what an insert can rely on', async () => {
  const models = {
    orders: pgTable(
      'orders',
      { id: integer().primaryKey(), code: text().unique(), parent: integer(), note: text() },
      (own) => [
        foreignKey({ columns: [own.parent], foreignColumns: [own.id] }),
        check('noted', sql`length(note) > 3`),
        index('by_note').on(own.note),
        uniqueIndex('one_note').on(own.note),
        pgPolicy('own'),
      ],
    ),
  };
  const kindsOf = async (extent: 'whole' | 'needed') => {
    const { catalog } = await drizzle({ schema: models }).declare({ origins: false, extent });
    return catalog.objects.filter((object) => 'table' in object && object.kind !== 'column');
  };
  const whole = (await kindsOf('whole')).map(({ kind }) => kind);
  expect(whole).toEqual(['check', 'foreign key', 'index', 'index', 'policy', 'primary key', 'unique key']);
  expect(await kindsOf('needed')).toMatchObject([
    { kind: 'index', name: 'one_note' },
    { kind: 'primary key', columns: ['id'] },
    { kind: 'unique key', columns: ['code'] },
  ]);
});

test('a reference that throws is no matter of a need', async () => {
  const broken = pgTable('broken', {
    id: integer().references(() => {
      throw new Error('not yet');
    }),
  });
  await expect(drizzle({ schema: { broken } }).declare({ origins: false })).rejects.toThrow();
  const { catalog } = await drizzle({ schema: { broken } }).declare({ origins: false, extent: 'needed' });
  expect(catalog.objects.map(({ kind }) => kind)).toEqual(['column', 'schema', 'table']);
});
