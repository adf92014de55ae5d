// typeCompatibility, held against what a real server does with values of the declared type.
import { startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeCompatibility } from '../../src/need/type-compatibility.ts';
import type { EnumLabels } from '../../src/need/type-rules/enums.ts';
import { connect } from '../../src/postgres/connect.ts';
import { DatabaseError } from '../../src/postgres/database-error.ts';
import type { OwnSession } from '../../src/postgres/session.ts';

let server: Awaited<ReturnType<typeof startScratchServer>>;
let session: OwnSession;

beforeAll(async () => {
  server = await startScratchServer();
  session = await connect(await server.createDatabase());
  await session.query(`
    CREATE TYPE mood AS ENUM ('ok', 'sad');
    CREATE TYPE feeling AS ENUM ('ok', 'sad', 'glad');
    CREATE TYPE calm AS ENUM ('ok');
    CREATE EXTENSION citext;
    -- Not UTC, so that two kinds of timestamp cannot be taken for one another.
    SET TimeZone = 'Asia/Jerusalem'`);
});
afterAll(async () => {
  await session.close();
  await server.stop();
});

const labels: Readonly<Record<string, readonly string[]>> = {
  mood: ['ok', 'sad'],
  feeling: ['ok', 'sad', 'glad'],
  calm: ['ok'],
};

/** A usual value of each declared type, and the most that it can hold. */
const samples: Readonly<Record<string, { readonly usual: string; readonly most: readonly string[] }>> = {
  text: { usual: 'hello', most: ['x'.repeat(300), 'a < b'] },
  'character varying': { usual: 'hello', most: ['x'.repeat(300)] },
  'character varying(32)': { usual: 'hello', most: ['x'.repeat(32)] },
  'character(8)': { usual: 'eight ch', most: [] },
  citext: { usual: 'hello', most: ['x'.repeat(300)] },
  smallint: { usual: '1', most: ['32767'] },
  integer: { usual: '1', most: ['2147483647', '-2147483648'] },
  bigint: { usual: '1', most: ['9223372036854775807'] },
  real: { usual: '1.5', most: ['3.4e38'] },
  'double precision': { usual: '1.5', most: ['1e300', '0.123456789012345'] },
  numeric: { usual: '1.5', most: ['123456789012345678901234567890.123456789'] },
  'numeric(10,2)': { usual: '1.5', most: ['99999999.99'] },
  'numeric(10,4)': { usual: '1.5', most: ['999999.1234'] },
  boolean: { usual: 'true', most: ['false'] },
  uuid: { usual: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', most: [] },
  date: { usual: '2026-01-02', most: [] },
  'time without time zone': { usual: '03:04:05', most: ['03:04:05.123456'] },
  'timestamp without time zone': { usual: '2026-01-02 03:04:05', most: ['2026-01-02 03:04:05.123456'] },
  'timestamp(3) without time zone': { usual: '2026-01-02 03:04:05', most: ['2026-01-02 03:04:05.123'] },
  'timestamp with time zone': { usual: '2026-01-02 03:04:05+09', most: [] },
  interval: { usual: '1 day', most: ['1 year 2 mons 3 days 04:05:06.123456'] },
  json: { usual: '{"a": 1}', most: ['{"b": 1, "a": 2}', '"\\u0000"'] },
  jsonb: { usual: '{"a": 1}', most: [] },
  bytea: { usual: '\\x6869', most: [] },
  'integer[]': { usual: '{1,2}', most: [] },
  'text[]': { usual: '{a,b}', most: [] },
  'bit(8)': { usual: '10101010', most: [] },
  'bit varying(8)': { usual: '101', most: ['10101010'] },
  mood: { usual: 'sad', most: ['ok'] },
  'mood[]': { usual: '{sad,ok}', most: [] },
  'numeric(4,0)': { usual: '12', most: ['9999', '-9999'] },
  'numeric(5,0)': { usual: '12', most: ['99999'] },
  'numeric(9,0)': { usual: '12', most: ['999999999'] },
  'numeric(18,0)': { usual: '12', most: ['999999999999999999'] },
  money: { usual: '$1.50', most: ['$1,000.00'] },
  xml: { usual: '<a>b</a>', most: ['text <b/>'] },
  bit: { usual: '1', most: ['0'] },
  'bit varying': { usual: '101', most: ['1'.repeat(100)] },
  inet: { usual: '192.168.0.1', most: ['192.168.0.1/24'] },
  cidr: { usual: '192.168.0.0/24', most: ['192.168.0.1/32'] },
  macaddr: { usual: '08:00:2b:01:02:03', most: [] },
  macaddr8: { usual: '08:00:2b:01:02:03:04:05', most: [] },
  'interval(3)': { usual: '1 day', most: ['01:02:03.123'] },
  'interval minute': { usual: '1 day', most: ['01:02:00'] },
  int4range: { usual: '[1,5)', most: ['[1,4]', '[,2147483647)'] },
  int8range: { usual: '[1,5)', most: ['[1,9223372036854775806)'] },
  numrange: { usual: '[1.5,5.5)', most: ['[1.5,1.7]'] },
  tsrange: { usual: '["2026-01-01 00:00:00","2026-02-01 00:00:00")', most: [] },
  tstzrange: { usual: '["2026-01-01 00:00:00+09","2026-02-01 00:00:00+09")', most: [] },
  daterange: { usual: '[2026-01-01,2026-02-01)', most: [] },
  int4multirange: { usual: '{[1,5)}', most: ['{[1,2),[7,9)}'] },
  tsvector: { usual: "'a' 'b'", most: [] },
  point: { usual: '(1,2)', most: [] },
  'bigint[]': { usual: '{1,2}', most: ['{9223372036854775807}'] },
  'character varying(8)[]': { usual: '{a,b}', most: ['{12345678}'] },
  'timestamp without time zone[]': { usual: '{"2026-01-02 03:04:05"}', most: [] },
};

type Row = readonly [
  declared: string,
  live: string,
  outcome: 'fine' | 'narrower' | 'broken',
  sqlstate: string | null,
];

const rows: readonly Row[] = [
  ['text', 'character varying', 'fine', null],
  ['text', 'character varying(16)', 'narrower', '22001'],
  ['text', 'character(8)', 'broken', null],
  ['text', 'name', 'narrower', null],
  ['text', 'citext', 'narrower', null],
  ['text', 'integer', 'broken', '22P02'],
  ['text', 'numeric', 'broken', '22P02'],
  ['text', 'boolean', 'broken', '22P02'],
  ['text', 'uuid', 'broken', '22P02'],
  ['text', 'json', 'broken', '22P02'],
  ['text', 'jsonb', 'broken', '22P02'],
  ['text', 'timestamp with time zone', 'broken', '22007'],
  ['text', 'date', 'broken', '22007'],
  ['text', 'interval', 'broken', '22007'],
  ['text', 'bytea', 'broken', null],
  ['text', 'text[]', 'broken', '22P02'],
  ['text', 'mood', 'broken', '22P02'],
  ['character varying', 'text', 'fine', null],
  ['character varying(32)', 'text', 'fine', null],
  ['character varying(32)', 'character varying(64)', 'fine', null],
  ['character varying(32)', 'character varying(16)', 'narrower', '22001'],
  ['character varying(32)', 'character(32)', 'broken', null],
  ['character(8)', 'text', 'fine', null],
  ['character(8)', 'character(4)', 'broken', '22001'],
  ['character(8)', 'character(16)', 'broken', null],
  ['citext', 'text', 'narrower', null],
  ['smallint', 'integer', 'fine', null],
  ['smallint', 'real', 'fine', null],
  ['integer', 'bigint', 'fine', null],
  ['integer', 'smallint', 'narrower', '22003'],
  ['integer', 'numeric', 'fine', null],
  ['integer', 'numeric(12,2)', 'fine', null],
  ['integer', 'numeric(6,2)', 'narrower', '22003'],
  ['integer', 'double precision', 'fine', null],
  ['integer', 'real', 'narrower', null],
  ['integer', 'text', 'broken', '42883'],
  ['integer', 'boolean', 'broken', '42804'],
  ['integer', 'date', 'broken', '42804'],
  ['integer', 'integer[]', 'broken', '22P02'],
  ['bigint', 'integer', 'narrower', '22003'],
  ['bigint', 'double precision', 'narrower', null],
  ['bigint', 'numeric', 'fine', null],
  ['real', 'double precision', 'fine', null],
  ['double precision', 'real', 'narrower', '22003'],
  ['double precision', 'numeric', 'fine', null],
  ['double precision', 'numeric(10,2)', 'narrower', '22003'],
  ['double precision', 'integer', 'broken', '22P02'],
  ['numeric', 'integer', 'broken', '22P02'],
  ['numeric', 'double precision', 'narrower', null],
  ['numeric', 'numeric(10,2)', 'narrower', '22003'],
  ['numeric(10,2)', 'numeric', 'fine', null],
  ['numeric(10,2)', 'numeric(12,2)', 'fine', null],
  ['numeric(10,2)', 'numeric(8,2)', 'narrower', '22003'],
  ['numeric(10,2)', 'numeric(10,4)', 'narrower', '22003'],
  ['numeric(10,4)', 'numeric(10,2)', 'narrower', null],
  ['numeric(10,2)', 'text', 'broken', '42883'],
  ['boolean', 'integer', 'broken', '42804'],
  ['boolean', 'text', 'broken', '42883'],
  ['uuid', 'text', 'narrower', '42883'],
  ['uuid', 'character varying(36)', 'narrower', '42883'],
  ['uuid', 'character varying(16)', 'broken', '22001'],
  ['uuid', 'integer', 'broken', '42804'],
  ['date', 'timestamp without time zone', 'broken', null],
  ['date', 'text', 'broken', '42883'],
  ['date', 'interval', 'broken', '22007'],
  ['time without time zone', 'interval', 'fine', null],
  ['interval', 'time without time zone', 'broken', '22007'],
  ['time without time zone', 'timestamp without time zone', 'broken', '22007'],
  ['timestamp without time zone', 'time without time zone', 'broken', null],
  ['timestamp without time zone', 'timestamp with time zone', 'broken', null],
  ['timestamp with time zone', 'timestamp without time zone', 'broken', null],
  ['timestamp without time zone', 'date', 'broken', null],
  ['timestamp without time zone', 'timestamp(3) without time zone', 'narrower', null],
  ['timestamp(3) without time zone', 'timestamp without time zone', 'fine', null],
  ['timestamp without time zone', 'bigint', 'broken', '42804'],
  ['timestamp without time zone', 'text', 'broken', '42883'],
  ['interval', 'text', 'broken', '42883'],
  ['json', 'jsonb', 'narrower', '22P05'],
  ['jsonb', 'json', 'narrower', '42883'],
  ['jsonb', 'text', 'broken', '42883'],
  ['json', 'integer', 'broken', '42804'],
  ['bytea', 'text', 'broken', '42883'],
  ['integer[]', 'integer', 'broken', '22P02'],
  ['integer[]', 'bigint[]', 'narrower', '42883'],
  ['text[]', 'text', 'broken', '42883'],
  ['bit(8)', 'bit(4)', 'broken', '22026'],
  ['bit varying(8)', 'bit varying(4)', 'narrower', '22001'],
  ['bit varying(8)', 'bit varying(16)', 'fine', null],
  ['mood', 'text', 'narrower', '42883'],
  ['mood', 'feeling', 'narrower', '42804'],
  ['mood', 'calm', 'broken', '22P02'],
  ['mood', 'integer', 'broken', '42804'],
  ['mood', 'character varying', 'narrower', '42883'],
  ['mood', 'character varying(8)', 'narrower', '42883'],
  ['mood', 'character varying(2)', 'broken', '22001'],
  ['mood', 'character(8)', 'broken', null],
  ['mood[]', 'text[]', 'narrower', '42883'],
  ['mood[]', 'text', 'broken', '42883'],
  ['mood[]', 'calm[]', 'broken', '22P02'],
  ['text[]', 'mood[]', 'broken', '22P02'],
  ['character varying(32)', 'mood', 'broken', '22P02'],
  ['integer', 'mood', 'broken', '42804'],

  ['text', '"char"', 'broken', null],
  ['text', 'xml', 'narrower', '2200N'],
  ['text', 'tsvector', 'broken', null],
  ['text', 'inet', 'broken', '22P02'],
  ['text', 'money', 'broken', '22P02'],
  ['text', 'bit(8)', 'broken', '22P02'],
  ['text', 'int4range', 'broken', '22P02'],
  ['text', 'point', 'broken', '22P02'],
  ['character varying(32)', 'citext', 'narrower', null],
  ['citext', 'character varying(8)', 'narrower', '22001'],
  ['character(8)', 'character varying(4)', 'broken', '22001'],

  ['smallint', 'numeric(3,0)', 'narrower', '22003'],
  ['numeric(4,0)', 'smallint', 'fine', null],
  ['numeric(5,0)', 'smallint', 'narrower', '22003'],
  ['numeric(9,0)', 'integer', 'fine', null],
  ['numeric(18,0)', 'bigint', 'fine', null],
  ['numeric(10,2)', 'integer', 'broken', '22P02'],
  ['money', 'numeric', 'broken', '22P02'],
  ['money', 'bigint', 'broken', '22P02'],
  ['money', 'text', 'narrower', '42883'],
  ['numeric', 'money', 'broken', null],
  ['integer', 'money', 'broken', null],
  ['boolean', 'bit(1)', 'broken', '42804'],
  ['boolean', 'smallint', 'broken', '42804'],

  ['uuid', 'character(36)', 'narrower', '42883'],
  ['uuid', 'character(40)', 'broken', null],
  ['uuid', 'bytea', 'broken', '42804'],
  ['bytea', 'uuid', 'broken', '42804'],

  ['interval', 'interval(3)', 'narrower', null],
  ['interval(3)', 'interval', 'fine', null],
  ['interval', 'interval day to second', 'fine', null],
  ['interval', 'interval day to second(3)', 'narrower', null],
  ['interval', 'interval day to minute', 'narrower', null],
  ['interval', 'interval day', 'narrower', null],
  ['interval', 'interval year to month', 'broken', null],
  ['interval minute', 'interval', 'fine', null],
  ['interval minute', 'interval day', 'narrower', null],

  ['xml', 'text', 'narrower', '42883'],
  ['xml', 'jsonb', 'broken', '42804'],
  ['bit(8)', 'bit varying(8)', 'fine', null],
  ['bit(8)', 'bit varying(4)', 'broken', '22001'],
  ['bit varying(8)', 'bit(8)', 'broken', '22026'],
  ['bit varying', 'bit varying(8)', 'narrower', '22001'],
  ['bit(8)', 'text', 'narrower', '42883'],
  ['bit(8)', 'character varying(4)', 'broken', '22001'],
  ['inet', 'cidr', 'broken', null],
  ['cidr', 'inet', 'narrower', null],
  ['inet', 'text', 'narrower', '42883'],
  ['macaddr', 'macaddr8', 'broken', null],
  ['macaddr8', 'macaddr', 'broken', '22P02'],
  ['tsvector', 'text', 'narrower', '42883'],
  ['point', 'text', 'broken', '42883'],

  ['int4range', 'int8range', 'narrower', '42883'],
  ['int8range', 'int4range', 'narrower', '22003'],
  ['int4range', 'numrange', 'narrower', '42883'],
  ['numrange', 'int4range', 'broken', '22P02'],
  ['tsrange', 'tstzrange', 'broken', null],
  ['daterange', 'tsrange', 'broken', null],
  ['int4range', 'tsrange', 'broken', '22007'],
  ['int4range', 'int4multirange', 'broken', '22P02'],
  ['int4multirange', 'int4range', 'broken', '22P02'],
  ['int4range', 'text', 'narrower', '42883'],
  ['int4range', 'integer', 'broken', '42804'],

  ['text[]', 'character varying[]', 'narrower', '42883'],
  ['character varying(8)[]', 'character varying(16)[]', 'fine', null],
  ['character varying(8)[]', 'character varying(4)[]', 'narrower', '22001'],
  ['bigint[]', 'integer[]', 'narrower', '22003'],
  ['integer[]', 'text[]', 'broken', '42883'],
  ['timestamp without time zone[]', 'timestamp with time zone[]', 'broken', null],
];

/** How a driver gives such a value to the code: what is read as another kind of thing has changed. */
function kindIn(type: string): string {
  if (type.endsWith('[]')) return `array of ${kindIn(type.slice(0, -2))}`;
  const name = type.replace(/\(.*?\)/, '');
  if (/^(smallint|integer|bigint|real|double precision|numeric)$/.test(name)) return 'number';
  if (/^(date|time|timestamp|interval)/.test(name)) return 'time';
  if (/^jsonb?$/.test(name)) return 'document';
  return ['boolean', 'bytea', 'point'].includes(name) ? name : 'string';
}

interface Behaviour {
  /** Of every statement that was refused. */
  readonly refusals: ReadonlySet<string>;
  readonly usualSurvives: boolean;
  readonly mostSurvives: boolean;
}

/** Writes and reads as a driver does, and as code that names the declared type does. */
async function observe(declared: string, live: string): Promise<Behaviour> {
  await session.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (c ${live})`);
  const { usual, most } = samples[declared] ?? { usual: '', most: [] };
  const refusals = new Set<string>();
  const attempt = async <Value>(sql: string, values: readonly unknown[]): Promise<Value | null> => {
    try {
      const { rows } = await session.query<{ answer: Value }>(sql, values);
      return rows[0]?.answer ?? null;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      refusals.add(error.sqlstate);
      return null;
    }
  };
  const survives = async (value: string): Promise<boolean> => {
    await session.query('TRUNCATE t');
    const inserted = await attempt<string>(`INSERT INTO t VALUES ($1) RETURNING 'yes' AS answer`, [value]);
    if (inserted === null) return false;
    // As the server sends it to a driver: a cast to text would cut blanks off.
    const read = await attempt<string>(`SELECT format('%s', c) AS answer FROM t`, []);
    const sent = await attempt<string>(`SELECT format('%s', $1::text::${declared}) AS answer`, [value]);
    const same =
      kindIn(declared) === 'number' && kindIn(live) === 'number'
        ? await attempt<boolean>('SELECT $1::numeric = $2::numeric AS answer', [read, sent])
        : read === sent;
    return same === true && kindIn(declared) === kindIn(live);
  };
  const usualSurvives = await survives(usual);
  await attempt(`INSERT INTO t VALUES ($1::text::${declared})`, [usual]);
  await attempt(`SELECT c = $1::text::${declared} AS answer FROM t`, [usual]);
  const equal = await attempt<boolean>(`SELECT c = $1 AS answer FROM t`, [usual.toUpperCase()]);
  const caseKept = kindIn(declared) !== 'string' || (equal === true) === (declared === 'citext');
  const results = [];
  for (const value of most) results.push(await survives(value));
  return {
    refusals,
    usualSurvives,
    mostSurvives: results.every(Boolean) && (caseKept || usual === usual.toUpperCase()),
  };
}

describe('declared, found: what becomes of the values', () => {
  test.each(rows)('%s, %s: %s %s', async (declared, live, outcome, sqlstate) => {
    const labelsOf = (type: string) => labels[type.replace(/\[\]$/, '')] ?? null;
    const types: EnumLabels = { declared: labelsOf(declared), live: labelsOf(live) };
    const answer = typeCompatibility(declared, live, types);
    expect(answer).toMatchObject({ outcome, sqlstate });

    const { refusals, usualSurvives, mostSurvives } = await observe(declared, live);
    if (sqlstate !== null) expect([...refusals]).toContain(sqlstate);
    if (outcome === 'fine')
      expect({ usualSurvives, mostSurvives }).toEqual({ usualSurvives: true, mostSurvives: true });
    if (outcome === 'narrower') {
      expect(usualSurvives).toBe(true);
      if (sqlstate === null) expect(mostSurvives).toBe(false);
    }
    if (outcome === 'broken') expect(usualSurvives).toBe(false);
  });
});

test('equal types are fine, whatever they are', () => {
  for (const type of [...Object.keys(samples), 'public.vector(3)', '"Odd Type"'])
    expect(typeCompatibility(type, type), type).toMatchObject({ outcome: 'fine' });
});

test('an unknown type with another modifier is narrower, and without one wide enough', () => {
  expect(typeCompatibility('vector(3)', 'vector(2)')).toMatchObject({
    outcome: 'narrower',
    sqlstate: '22000',
  });
  expect(typeCompatibility('vector(3)', 'vector')).toMatchObject({ outcome: 'fine' });
  expect(typeCompatibility('vector(3)', 'hstore')).toMatchObject({ outcome: 'broken', sqlstate: '42804' });
});
