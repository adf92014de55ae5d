// A reading of some kinds alone tells of these kinds what a whole reading tells.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Kind, schemasOf } from '../../src/catalog/index.ts';
import { glanceInTransaction } from '../../src/introspect/glance-in-transaction.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { schemaOf, useDatabases } from './databases.ts';

const databases = useDatabases();
const cases = readdirSync(join(import.meta.dirname, 'cases')).filter(
  (name) => !name.startsWith('extensions'),
);
const together: readonly (readonly Kind[])[] = [
  ['column'],
  ['table'],
  ['index'],
  ['primary key', 'unique key'],
  ['foreign key'],
  ['check'],
  ['exclusion constraint'],
  ['sequence', 'enum'],
  ['view', 'materialized view'],
];

test.for(cases)('%s', async (name) => {
  const session = await databases.make(schemaOf(name));
  const { objects } = (await readCatalog(session)).catalog;
  const tableNames = objects.flatMap((each) => ('name' in each && !('table' in each) ? [each.name] : []));
  for (const kinds of together) {
    await session.query('BEGIN');
    const scope = { tableNames, schemas: schemasOf({ objects }), kinds: new Set(kinds) };
    const catalog = await glanceInTransaction(session, scope);
    await session.query('ROLLBACK');
    const of = (all: typeof objects) => all.filter(({ kind }) => kinds.includes(kind));
    expect(of(catalog.objects)).toEqual(of(objects));
  }
});
