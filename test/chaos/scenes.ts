// What the runners of each kind of round have to do, and what the database must look like in the end.
import type { Kind } from './round.ts';

export interface Scene {
  readonly setUp: string;
  readonly files: Readonly<Record<string, string>>;
  /** Each query gives one text, and this is what it has to be. */
  readonly expected: readonly (readonly [what: string, query: string, value: string])[];
}

const effects = 'CREATE TABLE effect (of text);';
const onlyOnce = ['every effect once', 'SELECT string_agg("of", \' \' ORDER BY "of") FROM effect'] as const;

const columnsOf = (table: string) =>
  `SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
   FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped`;

export const scenes: Readonly<Record<Kind, Scene>> = {
  transactions: {
    setUp: `${effects} CREATE TABLE calls (id int PRIMARY KEY); INSERT INTO calls SELECT generate_series(1, 1000);`,
    files: {
      '0001_first.sql': `INSERT INTO effect VALUES ('0001'); SELECT pg_sleep(0.2); ALTER TABLE calls ADD COLUMN mode text;`,
      '0002_second.sql': `ALTER TABLE calls ADD COLUMN length int NOT NULL DEFAULT 0; SELECT pg_sleep(0.2); INSERT INTO effect VALUES ('0002');`,
      '0003_third.sql': `INSERT INTO effect VALUES ('0003'); CREATE INDEX by_mode ON calls (mode); SELECT pg_sleep(0.2);`,
      '0004_fourth.sql': `UPDATE calls SET length = length + 1; INSERT INTO effect VALUES ('0004');`,
    },
    expected: [
      [...onlyOnce, '0001 0002 0003 0004'],
      ['the columns', columnsOf('calls'), 'id integer, mode text, length integer'],
      ['every row changed once', 'SELECT count(*) FILTER (WHERE length = 1)::text FROM calls', '1000'],
    ],
  },
  'concurrent index': {
    // Slow enough to be hit while it is built; twice, for it reads the table twice.
    setUp: `${effects} CREATE TABLE calls (id int PRIMARY KEY, mode text); INSERT INTO calls SELECT n, 'm' || n FROM generate_series(1, 400) n;
      CREATE FUNCTION slow(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_sleep(0.001); RETURN $1; END';`,
    files: {
      '0001_first.sql': `INSERT INTO effect VALUES ('0001');`,
      '0002_index.sql': `CREATE INDEX CONCURRENTLY by_mode ON calls (slow(mode));`,
      '0003_both.sql': `-- shipshape: no-transaction
INSERT INTO effect VALUES ('0003 before');
CREATE UNIQUE INDEX CONCURRENTLY by_id_mode ON calls (id, slow(mode)) WHERE id > 10;
INSERT INTO effect VALUES ('0003 after');
DROP INDEX CONCURRENTLY by_mode;`,
      '0004_last.sql': `INSERT INTO effect VALUES ('0004');`,
    },
    expected: [
      [...onlyOnce, '0001 0003 after 0003 before 0004'],
      [
        'the indexes, all of them valid',
        `SELECT string_agg(pg_get_indexdef(indexrelid) || CASE WHEN indisvalid AND indisready THEN '' ELSE ' INVALID' END, '; ' ORDER BY indexrelid::regclass::text)
         FROM pg_index WHERE indrelid = 'calls'::regclass`,
        'CREATE UNIQUE INDEX by_id_mode ON public.calls USING btree (id, slow(mode)) WHERE (id > 10); CREATE UNIQUE INDEX calls_pkey ON public.calls USING btree (id)',
      ],
    ],
  },
  backfill: {
    // The trigger counts how often each row was changed.
    setUp: `${effects} CREATE TABLE calls (id bigint PRIMARY KEY, n int, changed int NOT NULL DEFAULT 0);
      INSERT INTO calls SELECT generate_series(1, 200000);
      CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.changed = OLD.changed + 1; RETURN NEW; END';
      CREATE TRIGGER count_change BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION count_change();`,
    files: {
      '0001_first.sql': `INSERT INTO effect VALUES ('0001');`,
      '0002_fill.sql': `-- shipshape: backfill table=calls key=id batch=5000
UPDATE calls SET n = id % 7 WHERE id BETWEEN $1 AND $2 AND n IS NULL;`,
      '0003_demand.sql': `INSERT INTO effect VALUES ('0003'); ALTER TABLE calls ALTER COLUMN n SET NOT NULL;`,
    },
    expected: [
      [...onlyOnce, '0001 0003'],
      [
        'every row filled, and changed once',
        'SELECT count(*) FILTER (WHERE n = id % 7 AND changed = 1)::text FROM calls',
        '200000',
      ],
    ],
  },
};
