// What the fixture projects declare: as a person has reviewed it, and against a database built for them.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  addressOf,
  type Catalog,
  type Declaration,
  kinds,
  makeCatalog,
  renderAddressKey,
} from '../../../src/catalog/index.ts';
import { aspectsOf } from '../../../src/compare/aspects.ts';
import { compare } from '../../../src/compare/compare.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { kysely } from '../../../src/sources/kysely/index.ts';
import { useDatabases } from '../../introspect/databases.ts';
import { renderDeclaration } from '../golden.ts';
import { fixtures } from './fixtures.ts';

const databases = useDatabases();

describe.each(Object.entries(fixtures))('%s', (_name, fixture) => {
  let declaration: Declaration;
  beforeAll(async () => {
    declaration = await kysely(fixture).declare({ origins: true });
  });

  test('declares what declared.txt says', async () => {
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(fixture.root, 'declared.txt'));
  });

  test('is what the database has: no false alarm', async () => {
    const found = await build(fixture.build());
    const declared = await elaborate(declaration.catalog, await databases.make());
    const { silence } = declaration;
    expect(compare(withoutPublic(declared), withoutPublic(found), { silence })).toEqual([]);
  });

  test('every table and column has a line', () => {
    const keys = declaration.catalog.objects
      .filter(({ kind }) => kind === 'table' || kind === 'column')
      .map((object) => renderAddressKey(addressOf(object)));
    expect(keys.filter((key) => declaration.origin[key] === undefined)).toEqual([]);
  });
});

async function build(sql: string): Promise<Catalog> {
  const session = await databases.make(sql);
  const ownSchemas = ['public', 'auth', 'audit', 'call_center'];
  return (await readCatalog(session, { ownSchemas })).catalog;
}

/** Every database has a schema of that name, whether or not a table of the models lies there. */
function withoutPublic({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== 'schema' || each.schema !== 'public'));
}

test('what differs is found: a column, a null, a table', async () => {
  const { catalog, silence } = await kysely(fixtures.manual).declare({ origins: false });
  const declared = await elaborate(catalog, await databases.make());
  const found = await build(
    fixtures.manual
      .build()
      .replace('  nickname text,\n', '')
      .replace('first_name varchar(80) NOT NULL', 'first_name varchar(80)')
      .replace('updated_at timestamptz', 'updated_at timestamptz NOT NULL')
      .replace('count(*) AS pets', 'count(*) AS number')
      .replace(/CREATE TABLE odd.*/, ''),
  );
  const told = compare(withoutPublic(declared), withoutPublic(found), { silence }).map((each) =>
    [each.kind, renderAddressKey(each.address), each.kind === 'unequal' ? each.aspect : ''].join(' ').trim(),
  );
  expect(told).toEqual([
    'unequal column public.person.first_name nullability',
    'missing column public.person.nickname',
    'unequal column public.person.updated_at nullability',
    'unexpected column public.pet_stats.number',
    'missing column public.pet_stats.pets',
    'missing table public.odd',
  ]);
});

test('silences name kinds and aspects that are compared', async () => {
  const { silence } = await kysely(fixtures.codegen).declare({ origins: false });
  for (const { address, aspect } of silence) {
    const kind = kinds.find((each) => address === each || address.startsWith(`${each} `));
    const known = kind === undefined ? [] : aspectsOf(kind).map(({ name }) => name);
    expect([...known, 'existence', 'kind'], address).toContain(aspect);
  }
});
