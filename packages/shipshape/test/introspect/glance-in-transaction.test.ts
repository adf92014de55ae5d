// glanceInTransaction: it sees the transaction's own changes, and touches no schema but those it is asked about.
import { expect, test } from 'vitest';
import { type Kind, schemaOf } from '../../src/catalog/index.ts';
import { glanceInTransaction } from '../../src/introspect/glance-in-transaction.ts';
import { useDatabases } from './databases.ts';

const databases = useDatabases();
const kinds: ReadonlySet<Kind> = new Set(['table', 'column', 'index']);

test('a lock on the same table of another schema is not waited for', async () => {
  const ours = await databases.make(`
    CREATE SCHEMA tenant_1; CREATE TABLE tenant_1.orders (id integer);
    CREATE SCHEMA tenant_2; CREATE TABLE tenant_2.orders (id integer, note text DEFAULT 'none');
    CREATE INDEX by_note ON tenant_2.orders (lower(note));`);
  const other = await databases.join(ours);
  await other.query('BEGIN; LOCK TABLE tenant_2.orders IN ACCESS EXCLUSIVE MODE');
  await ours.query("BEGIN; SET LOCAL lock_timeout = '100ms'; ALTER TABLE tenant_1.orders ADD note text");
  const look = (schemas: readonly string[]) =>
    glanceInTransaction(ours, { tableNames: ['orders'], schemas, kinds });
  const { objects } = await look(['tenant_1']);
  expect(objects.filter(({ kind }) => kind === 'column').map((each) => 'name' in each && each.name)).toEqual([
    'id',
    'note',
  ]);
  expect(new Set(objects.map(schemaOf))).toEqual(new Set(['tenant_1']));
  await expect(look(['tenant_1', 'tenant_2'])).rejects.toMatchObject({ sqlstate: '55P03' });
  await other.query('ROLLBACK');
  await ours.query('ROLLBACK');
});

test('the schema of the first file is seen beside its table', async () => {
  const session = await databases.make('CREATE TABLE orders (id integer PRIMARY KEY)');
  await session.query('BEGIN');
  const { objects } = await glanceInTransaction(session, {
    tableNames: ['orders'],
    schemas: ['public'],
    kinds: new Set<Kind>(['schema', 'table', 'column', 'primary key']),
  });
  expect(objects.map(({ kind }) => kind).sort()).toEqual(['column', 'primary key', 'schema', 'table']);
  await session.query('ROLLBACK');
});
