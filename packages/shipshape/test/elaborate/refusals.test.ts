// What PostgreSQL refuses of a declaration, and how that is told.
import { expect, test } from 'vitest';
import { type Catalog, makeCatalog } from '../../src/catalog/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { type Finding, ShipshapeError } from '../../src/report/index.ts';
import { useDatabases } from '../introspect/databases.ts';
import { check, column, declare, index, place, table } from './declared.ts';

const databases = useDatabases();

async function refusals(declared: Catalog): Promise<readonly Finding[]> {
  const error = await elaborate(declared, await databases.make()).catch((thrown: unknown) => thrown);
  if (!(error instanceof ShipshapeError)) throw error;
  expect(error.exit).toBe(1);
  return error.findings;
}

test('is told for every column, with what the server said', async () => {
  const findings = await refusals(
    makeCatalog([
      table('t'),
      column('fine', 'int'),
      column('wrong', 'integer', { default: "'x'" }),
      column('missing', 'text', { default: 'absent_function()' }),
      index('follows', 'wrong'),
      table('u'),
      column('also', 'varchar(0)', { table: 'u' }),
    ]),
  );
  expect(findings.map(({ code, what }) => [code, what])).toEqual([
    [
      'declared-expression-refused',
      'PostgreSQL refuses the declaration of t.missing: function absent_function() does not exist',
    ],
    [
      'declared-expression-refused',
      'PostgreSQL refuses the declaration of t.wrong: invalid input syntax for type integer: "x"',
    ],
    [
      'declared-expression-refused',
      'PostgreSQL refuses the declaration of u.also: length for type varchar must be at least 1',
    ],
  ]);
  expect(findings[1]).toMatchObject({
    because: `no migration can build what is declared: wrong integer DEFAULT 'x'`,
    do: 'correct the declaration of t.wrong in the model',
    address: { kind: 'column', schema: 'public', table: 't', name: 'wrong' },
  });
});

test('is told for checks, keys and indexes', async () => {
  const findings = await refusals(
    declare(
      column('a', 'json'),
      check('nonsense', 'a +'),
      index('unsortable', 'a'),
      { kind: 'primary key', ...place, name: 'absent', columns: ['b'] },
      { kind: 'enum', schema: 'public', name: 'twice', labels: ['x', 'x'] },
    ),
  );
  expect(findings.map(({ what }) => what)).toEqual([
    expect.stringContaining('enum twice: '),
    expect.stringContaining('check t.nonsense: syntax error'),
    expect.stringContaining('primary key t.absent: column "b" of relation "t" does not exist'),
    expect.stringContaining('index t.unsortable: data type json has no default operator class'),
  ]);
});

test('may be a schema or a table as a whole: what is in it is not told again', async () => {
  const findings = await refusals(
    makeCatalog([
      table('t', 'pg_private'),
      column('a', 'nonsense', { schema: 'pg_private' }),
      { kind: 'enum', schema: 'public', name: 'taken', labels: [] },
      table('taken'),
      column('a', 'text', { table: 'taken' }),
      check('follows', 'a > 0', { table: 'taken' }),
    ]),
  );
  expect(findings.map(({ what }) => what)).toEqual([
    'PostgreSQL refuses the declaration of schema pg_private: unacceptable schema name "pg_private"',
    'PostgreSQL refuses the declaration of taken: type "taken" already exists',
  ]);
});

test('a sequence that cannot be made is told with the default that draws from it', async () => {
  const findings = await refusals(declare(column('a', 'bigint', { default: "nextval('absent.numbers')" })));
  expect(findings.map(({ what }) => what)).toEqual([
    'PostgreSQL refuses the declaration of t.a: relation "absent.numbers" does not exist',
  ]);
});

test('because no enum and no extension brings the type is told as that', async () => {
  const findings = await refusals(
    declare(
      column('a', 'geometry(Point,4326)'),
      column('b', 'direction[]'),
      column('c', 'text', { default: "'x'::direction" }),
    ),
  );
  expect(findings).toMatchObject([
    {
      code: 'declared-type-unknown',
      what: 't.a is declared geometry(Point,4326), a type that the scratch server does not know',
      aspect: 'type',
    },
    { code: 'declared-type-unknown', address: { name: 'b' } },
    {
      code: 'declared-expression-refused',
      what: expect.stringContaining('type "direction" does not exist'),
    },
  ]);
});
