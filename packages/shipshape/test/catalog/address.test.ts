// Addresses as text and back, whatever the names are; and type names as the server itself prints them.
import * as fc from 'fast-check';
import { startScratchServer } from 'shipshape-embedded';
import { expect, test } from 'vitest';
import {
  type Address,
  canonicalTypeName,
  cutIdentifier,
  parseAddressKey,
  renderAddress,
  renderAddressKey,
} from '../../src/catalog/index.ts';
import { connect } from '../../src/postgres/connect.ts';

const name = fc.oneof(
  fc.constantFrom('call_log', 'Order', 'a.b', 'say "hi"', 'ש', 'user', 'a#type', ' '),
  fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\0')),
);
const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ kind: fc.constant('schema' as const), schema: name }),
  fc.record({ kind: fc.constantFrom('table' as const, 'enum' as const), schema: name, name }),
  fc.record({
    kind: fc.constantFrom('column', 'primary key', 'unique key', 'foreign key', 'check', 'index'),
    schema: name,
    table: name,
    name,
  }),
);

test('an address key reads back as the same address', () => {
  fc.assert(
    fc.property(address, (one) => {
      expect(parseAddressKey(renderAddressKey(one))).toEqual(one);
    }),
  );
});

test('people see the schema only where it is not on the search path, and quotes only where SQL needs them', () => {
  const column = { kind: 'column', schema: 'public', table: 'call_log', name: 'recording_mode' } as const;
  expect(renderAddress(column)).toBe('call_log.recording_mode');
  expect(renderAddress(column, ['tenant'])).toBe('public.call_log.recording_mode');
  expect(renderAddress({ ...column, name: 'Order' })).toBe('call_log."Order"');
  expect(renderAddress({ ...column, kind: 'index' })).toBe('index call_log.recording_mode');
});

test('a name is cut at 63 bytes, never inside a character', () => {
  expect(cutIdentifier('x'.repeat(70))).toBe('x'.repeat(63));
  expect(cutIdentifier('ש'.repeat(40))).toBe('ש'.repeat(31));
});

test('a type is spelled as format_type spells it', async () => {
  const types = [
    'varchar(32)',
    'char',
    'int4',
    'bigint',
    'numeric(7)',
    'decimal(12, 2)',
    'timestamp (3)',
    'timestamptz',
    'time(2) with time zone',
    'float8[]',
    'bool',
    'varchar(5)[][]',
    'uuid',
    'bit(3)',
  ];
  const server = await startScratchServer();
  const session = await connect(await server.createDatabase());
  await session.query(`create table t (${types.map((type, at) => `c${at} ${type}`).join(', ')})`);
  const { rows } = await session.query<{ type: string }>(
    "select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = 't'::regclass and attnum > 0 order by attnum",
  );
  await session.close();
  await server.stop();
  expect(types.map(canonicalTypeName)).toEqual(rows.map((row) => row.type));
});
