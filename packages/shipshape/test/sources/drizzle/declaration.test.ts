// What the fixture projects declare: as a person has reviewed it, at the right lines, and true on a real server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  addressOf,
  type Catalog,
  type Declaration,
  makeCatalog,
  parseAddressKey,
  renderAddressKey,
} from '../../../src/catalog/index.ts';
import { compare } from '../../../src/compare/compare.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { renderCreate } from '../../../src/plan/render-create.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Session } from '../../../src/postgres/session.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';
import { renderDeclaration } from '../golden.ts';
import { type Fixture, fixtures } from './fixtures.ts';

let server: ScratchServer;
beforeAll(async () => {
  vi.stubEnv('TENANT_SCHEMA', 'tenant_7');
  server = await startScratchServer();
});
afterAll(() => server.stop());

async function inDatabase<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
  const session = await connect(await server.createDatabase());
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

describe.each(Object.entries(fixtures))('%s', (_name, fixture: Fixture) => {
  let declaration: Declaration;
  beforeAll(async () => {
    declaration = await drizzle(fixture).declare({ origins: true });
  });

  test('declares what declared.txt says', () => {
    expect(renderDeclaration(declaration)).toBe(readFileSync(join(fixture.root, 'declared.txt'), 'utf8'));
  });

  test('every column stands on a line that declares it', () => {
    const columns = declaration.catalog.objects.flatMap((object) =>
      object.kind === 'column' ? [object] : [],
    );
    const wrong = columns.flatMap((column) => {
      const { file, line } = declaration.origin[renderAddressKey(addressOf(column))]!;
      const text = readFileSync(join(fixture.root, file), 'utf8').split('\n')[line - 1]!;
      const sought = computed.includes(column.name) ? column.table : column.name;
      return declares(text, sought) ? [] : [`${column.name}: ${file}:${line}: ${text}`];
    });
    expect(columns.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  test('is what a real server makes of it: nothing missing, nothing unexpected', async () => {
    const { catalog, silence } = declaration;
    const elaborated = await inDatabase((session) => elaborate(catalog, session));
    const built = await inDatabase(async (session) => {
      for (const sql of renderCreate(catalog)) await session.query(sql);
      return (await readCatalog(session)).catalog;
    });
    const ours = withoutPublic(built);
    expect(keysOf(ours)).toEqual(keysOf(withoutPublic(catalog)));
    expect(compare(withoutPublic(elaborated), ours, { silence })).toEqual([]);
  });
});

function keysOf({ objects }: Catalog): readonly string[] {
  return objects
    .map((object) => renderAddressKey(addressOf(object)))
    .filter((key) => key !== 'schema public');
}

/** Every database has a schema of that name, whether or not a table of the models lies there. */
function withoutPublic({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== 'schema' || each.schema !== 'public'));
}

/** The property or the column's name stands there, be it in another spelling, or longer than what PostgreSQL keeps. */
function declares(line: string, column: string): boolean {
  const plain = (text: string): string => text.replace(/[_"]/g, '').toLowerCase();
  return (line.match(/[\w\u00e9]+/g) ?? []).some((word) => plain(word).startsWith(plain(column)));
}

/** Columns that are computed: no text names them, so they have the line of their table. */
const computed = ['answer_1', 'answer_2', 'answer_3', 'thing_id'];

test('the address keys of origins are addresses of the catalog', async () => {
  const { catalog, origin } = await drizzle(fixtures.saas).declare({ origins: true });
  const keys = new Set(catalog.objects.map((object) => renderAddressKey(addressOf(object))));
  expect(Object.keys(origin).filter((key) => !keys.has(renderAddressKey(parseAddressKey(key))))).toEqual([]);
});
