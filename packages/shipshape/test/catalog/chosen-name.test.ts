// The names that PostgreSQL gives to constraints without a name.
import { expect, test } from 'vitest';
import { chooseName, quoteIdentifier } from '../../src/catalog/index.ts';
import { useDatabases } from '../introspect/databases.ts';

const databases = useDatabases();

test.each([
  ['users', 'email', 'name'],
  ['a_table_whose_name_is_longer_than_it_should_be_and_then_some_more', 'email', 'name'],
  ['users', 'a_column_whose_name_is_longer_than_it_should_be_and_then_some', 'name'],
  ['a_table_whose_name_has_about_forty_bytes', 'a_column_whose_name_has_about_forty_bytes', 'another_column'],
  ['über_große_tabelle_mit_ümläuten_überall_ünd_nöch_mehr_ümläute', 'größe_der_übergröße', 'ä'],
])('%s, %s', async (table, first, second) => {
  const [t, a, b] = [table, first, second].map(quoteIdentifier);
  const session = await databases.make(
    `CREATE TABLE ${t} (${a} int PRIMARY KEY CHECK (${a} > 0) REFERENCES ${t}, ${b} int, UNIQUE (${a}, ${b}))`,
  );
  const { rows } = await session.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'c', 'f', 'u') ORDER BY contype`,
  );
  expect(rows.map(({ name }) => name)).toEqual([
    chooseName(table, [first], 'check'),
    chooseName(table, [first], 'fkey'),
    chooseName(table, [], 'pkey'),
    chooseName(table, [first, second], 'key'),
  ]);
});
