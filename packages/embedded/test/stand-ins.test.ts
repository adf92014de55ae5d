// Stand-ins: the names of pgvector, on a scratch server that was asked for them.
import { Client } from 'pg';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

let server: ScratchServer;
let client: Client;
beforeAll(async () => {
  server = await startScratchServer({ standIns: true });
});
afterAll(() => server.stop());
beforeEach(async () => {
  client = new Client(await server.createDatabase());
  await client.connect();
  await client.query('CREATE EXTENSION vector');
});
afterEach(() => client.end());

test('schemas print as they would with pgvector', async () => {
  await client.query(`
    CREATE TABLE items (id bigint, e vector(3), h halfvec(3), s sparsevec(5), b bit(3));
    CREATE INDEX near ON items USING hnsw (e vector_cosine_ops);
    CREATE INDEX cells ON items USING ivfflat (e);
    CREATE INDEX half ON items USING hnsw ((e::halfvec(3)) halfvec_l2_ops);
    CREATE INDEX sparse ON items USING hnsw (s sparsevec_ip_ops);
    CREATE INDEX bits ON items USING hnsw ((binary_quantize(e)::bit(3)) bit_hamming_ops)`);
  const types = await client.query(
    `SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 'items'::regclass AND attnum > 1`,
  );
  expect(types.rows.map(({ type }) => type)).toEqual(['vector(3)', 'halfvec(3)', 'sparsevec(5)', 'bit(3)']);
  const indexes = await client.query(
    `SELECT pg_get_indexdef(indexrelid) AS text FROM pg_index WHERE indrelid = 'items'::regclass ORDER BY indexrelid`,
  );
  expect(indexes.rows.map(({ text }) => text.replace(/^.* USING /, ''))).toEqual([
    'hnsw (e vector_cosine_ops)',
    'ivfflat (e)',
    'hnsw (((e)::halfvec(3)) halfvec_l2_ops)',
    'hnsw (s sparsevec_ip_ops)',
    'hnsw (((binary_quantize(e))::bit(3)) bit_hamming_ops)',
  ]);
});

test.each([
  ["'[1,2,3]'::vector <-> '[1,2,5]'", 2],
  ["'[1,2,3]'::vector <#> '[1,1,1]'", -6],
  ["'[1,0]'::vector <=> '[0,1]'", 1],
  ["'[1,2,3]'::halfvec <+> '[0,0,0]'", 6],
  ["'{1:3,4:4}/5'::sparsevec <-> '{}/5'", 5],
  ["vector_dims('[1,2,3]'::vector)", 3],
  ["vector_norm('[3,4]')", 5],
  ["('[1,2,3]'::vector + '[1,1,1]')::real[]", [2, 3, 4]],
  ['(ARRAY[1,2]::vector || ARRAY[3]::vector)::real[]', [1, 2, 3]],
  ["subvector('[1,2,3]'::vector, 2, 2)::real[]", [2, 3]],
  ["'[1,0,2]'::vector::sparsevec::text", '{1:1,3:2}/3'],
  ["'{1:1,3:2}/3'::sparsevec::vector::real[]", [1, 0, 2]],
  ["(SELECT avg(e)::real[] FROM (VALUES ('[1,2]'::vector), ('[3,4]')) v (e))", [2, 3]],
  ["B'101' <~> B'111'", 1],
])('%s', async (expression, expected) => {
  const { rows } = await client.query(`SELECT ${expression} AS value`);
  expect(rows).toEqual([{ value: expected }]);
});

test.each([
  ["'[1,2]'::vector(3)", 'expected 3 dimensions, not 2'],
  ["'{}/4'::sparsevec(5)", 'expected 5 dimensions, not 4'],
  ["'nonsense'::vector", 'invalid input syntax for type json'],
])('%s is refused', async (expression, message) => {
  await expect(client.query(`SELECT ${expression}`)).rejects.toThrow(message);
});

test('an index takes vectors of every length, and the extension goes away as it came', async () => {
  await client.query(`
    CREATE TABLE items (e vector);
    CREATE INDEX ON items USING hnsw (e vector_l2_ops);
    INSERT INTO items SELECT array_fill(n, ARRAY[2000])::vector FROM generate_series(1, 3) n;
    CREATE SCHEMA elsewhere;
    ALTER EXTENSION vector SET SCHEMA elsewhere;
    DROP EXTENSION vector CASCADE`);
  const { rows } = await client.query("SELECT FROM pg_am WHERE amname IN ('hnsw', 'ivfflat')");
  expect(rows).toEqual([]);
});

test('a server that was not asked has none', async () => {
  const plain = await startScratchServer();
  try {
    const other = new Client(await plain.createDatabase());
    await other.connect();
    await expect(other.query('CREATE EXTENSION vector')).rejects.toThrow('is not available');
    await other.end();
  } finally {
    await plain.stop();
  }
});
