// Files run in whatever order they need, each under its own settings, on a server that knows none of their roles.
import { describe, expect, test } from 'vitest';
import { placesOf, useServer } from './declare.ts';

const server = useServer();
const keys = (places: readonly string[], kind: string) =>
  places.filter((each) => each.startsWith(`${kind} `)).map((each) => each.split(' ')[1]);

describe('settings', () => {
  test('of one file do not reach the next', async () => {
    const places = placesOf(
      await server.declare({
        'a.sql': 'CREATE SCHEMA shop;\nSET search_path = shop;\nCREATE TABLE items (id int);\n',
        'b.sql': 'CREATE TABLE plain (id int);\n',
      }),
    );
    expect(keys(places, 'table')).toEqual(['public.plain', 'shop.items']);
  });

  test('hold for a statement that had to wait', async () => {
    const text = `CREATE SCHEMA shop;
SET search_path = shop;
CREATE VIEW early AS SELECT * FROM public.late;
RESET search_path;
CREATE TABLE late (id int);
`;
    const places = placesOf(await server.declare({ 'a.sql': text }));
    expect(keys(places, 'view')).toEqual(['shop.early']);
  });

  test('of a transaction end with it', async () => {
    const text = `CREATE SCHEMA shop;
BEGIN;
SET LOCAL search_path = shop;
CREATE TABLE inside (id int);
COMMIT;
CREATE TABLE outside (id int);
BEGIN;
SELECT pg_catalog.set_config('search_path', 'shop', true);
CREATE TABLE again (id int);
ROLLBACK;
CREATE TABLE after (id int);
`;
    const places = placesOf(await server.declare({ 'a.sql': text }));
    expect(keys(places, 'table')).toEqual(['public.after', 'public.outside', 'shop.again', 'shop.inside']);
  });

  test('that this server does not have say nothing of the schema', async () => {
    const text = 'SET no_such_setting = 1;\nCREATE TABLE a (id int);\n';
    expect(keys(placesOf(await server.declare({ 'a.sql': text })), 'table')).toEqual(['public.a']);
  });
});

test('the environment of a dump is left out, and roles that the schema names are made', async () => {
  const declaration = await server.declare({
    'dump.sql': `CREATE ROLE made_here;
CREATE SCHEMA public;
CREATE SCHEMA shop AUTHORIZATION shop_owner;
SET SESSION AUTHORIZATION shop_owner;
SET ROLE shop_owner;
SET default_tablespace = fast;
ALTER SYSTEM SET work_mem = '1MB';
CREATE TABLE shop.items (id int);
ALTER TABLE shop.items OWNER TO nobody_here;
ALTER TABLE shop.items OWNER TO nobody_here, ADD COLUMN name text;
GRANT SELECT ON shop.items TO nobody_at_all WITH GRANT OPTION;
REVOKE ALL ON SCHEMA shop FROM nobody_at_all;
ALTER DEFAULT PRIVILEGES FOR ROLE nobody_at_all GRANT SELECT ON TABLES TO nobody_at_all;
REASSIGN OWNED BY nobody_at_all TO nobody_here;
COMMENT ON DATABASE elsewhere IS 'x';
COMMENT ON ROLE nobody_at_all IS 'x';
COMMENT ON TABLE shop.items IS 'what is sold';
CREATE SUBSCRIPTION s CONNECTION 'host=192.0.2.1' PUBLICATION p;
CREATE POLICY own ON shop.items TO clerk, CURRENT_USER, PUBLIC USING (true);
`,
  });
  expect(placesOf(declaration).filter((each) => !/owner|privilege/.test(each))).toEqual([
    'column shop.items.id dump.sql:8',
    'column shop.items.name dump.sql:10',
    'comment on table shop.items dump.sql:8',
    'policy shop.items.own dump.sql:19',
    'table shop.items dump.sql:8',
  ]);
});

describe('order', () => {
  test('does not matter, whatever it is that is not there yet', async () => {
    const places = placesOf(
      await server.declare({
        'a.sql': `ALTER TABLE calls ADD FOREIGN KEY (contact) REFERENCES contacts (id);
CREATE FUNCTION count_calls() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM calls';
INSERT INTO contacts VALUES (1);
CREATE TABLE other.deep (at place);
COMMENT ON COLUMN calls.contact IS 'who';
`,
        'b.sql': 'ALTER TABLE contacts ADD PRIMARY KEY (id);\nCREATE DOMAIN place AS text;\n',
        'c.sql': 'CREATE TABLE contacts (id int);\nCREATE TABLE calls (contact int);\nCREATE SCHEMA other;\n',
      }),
    );
    expect(places).toContain('foreign key public.calls.calls_contact_fkey a.sql:1');
    expect(places).toContain('routine public.count_calls() a.sql:2');
    expect(places).toContain('table other.deep a.sql:4');
    expect(places).toContain('primary key public.contacts.contacts_pkey b.sql:1');
  });

  test('never lets a DROP take what a later file makes', async () => {
    expect(
      await server.refusalOf({
        'a.sql': 'DROP TABLE a;\nCREATE VIEW v AS SELECT * FROM a;\n',
        'b.sql': 'CREATE TABLE a (id int);\n',
      }),
    ).toEqual([
      'schema-sql-refused (2): a.sql:1: PostgreSQL refuses the statement: table "a" does not exist (42P01)',
    ]);
  });
});

test('what is refused is told with the line that PostgreSQL points at, in the order of the files', async () => {
  expect(
    await server.refusalOf({
      'a.sql': "-- größe\nCREATE TABLE a (\n  größe text DEFAULT 'ü',\n  at no_such_type\n);\nDROP VIEW v;\n",
      'b.sql': 'CREATE TABLE b (id int);\nCREATE TABLE b (id int);\n',
    }),
  ).toEqual([
    'schema-sql-refused (2): a.sql:4: PostgreSQL refuses the statement: type "no_such_type" does not exist (42704)',
    'schema-sql-refused (2): a.sql:6: PostgreSQL refuses the statement: view "v" does not exist (42P01)',
    'schema-sql-refused (2): b.sql:2: PostgreSQL refuses the statement: relation "b" already exists (42P07)',
  ]);
});
