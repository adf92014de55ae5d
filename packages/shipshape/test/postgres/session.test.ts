// A session over a real server: statements, errors, notices, and the end of the connection.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { DatabaseError } from '../../src/postgres/database-error.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { transaction } from '../../src/postgres/transaction.ts';
import { ShipshapeError } from '../../src/report/index.ts';

let server: ScratchServer;
let url: string;
let session: OwnSession;
beforeAll(async () => {
  server = await startScratchServer();
  url = await server.createDatabase();
  session = await connect(url);
});
afterAll(async () => {
  await session.close();
  await server.stop();
});

/** The error that work throws, which must be of that class. */
async function thrown<T extends Error>(kind: new (...all: never[]) => T, work: Promise<unknown>): Promise<T> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (each: unknown) => each,
  );
  if (!(error instanceof kind)) throw error;
  return error;
}

async function isInTransaction(): Promise<boolean> {
  // Outside of one, every statement has a transaction, and so a start, of its own.
  const { rows } = await session.query<{ same: boolean }>('select now() = statement_timestamp() as same');
  return rows[0]?.same === false;
}

describe('query', () => {
  test('sends values apart from the text', async () => {
    const { rows } = await session.query<{ a: string; b: number }>('select $1::text as a, $2::int as b', [
      "it's",
      2,
    ]);
    expect(rows).toEqual([{ a: "it's", b: 2 }]);
  });

  test('takes several statements without values, and answers the last', async () => {
    const result = await session.query('create temp table t (a int); insert into t values (1), (2)');
    expect(result).toMatchObject({ command: 'INSERT', rowCount: 2, rows: [] });
  });

  test('takes one statement with values, even with none of them', async () => {
    const error = await thrown(DatabaseError, session.query('select 1; select 2', []));
    expect(error.sqlstate).toBe('42601');
  });

  test('prepares nothing that outlives it', async () => {
    await session.query('select $1::int', [1]);
    expect((await session.query('select name from pg_prepared_statements')).rows).toEqual([]);
  });

  test('answers an empty text with nothing', async () => {
    expect(await session.query('-- only a comment')).toEqual({
      rows: [],
      command: '',
      rowCount: null,
      notices: [],
    });
  });

  test('throws what the server refuses, with its fields', async () => {
    await session.query('create table call_log (id int)');
    const error = await thrown(DatabaseError, session.query('select recording_mode from call_log'));
    expect(error).toMatchObject({
      message: 'column "recording_mode" does not exist',
      sqlstate: '42703',
      position: 8,
      detail: null,
    });
    const failing = "do $$ begin raise exception 'no' using detail = 'the detail', hint = 'the hint'; end $$";
    expect(await thrown(DatabaseError, session.query(failing))).toMatchObject({
      detail: 'the detail',
      hint: 'the hint',
      position: null,
    });
  });

  test('goes on after an error', async () => {
    await thrown(DatabaseError, session.query('nonsense'));
    expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

test('the pid is that of the backend', async () => {
  expect((await session.query('select pg_backend_pid() as pid')).rows).toEqual([{ pid: session.pid }]);
});

test('the application name is the one that the caller gives, else shipshape', async () => {
  const named = await connect(url, { applicationName: 'shipshape:work:1' });
  const name = "select current_setting('application_name') as name";
  expect((await named.query(name)).rows).toEqual([{ name: 'shipshape:work:1' }]);
  expect((await session.query(name)).rows).toEqual([{ name: 'shipshape' }]);
  await named.close();
});

test('options of the connection string reach the server', async () => {
  const other = await connect(`${url}&options=-c%20search_path%3Delsewhere`);
  expect((await other.query('show search_path')).rows).toEqual([{ search_path: 'elsewhere' }]);
  await other.close();
});

test('notices come with the answer to what they were on, also where more was asked meanwhile', async () => {
  const other = await connect(url);
  await other.query('create temp table n (a int)');
  const asked = [
    other.query('alter table n add column if not exists a int'),
    other.query('select 1'),
    other.query('drop table if exists never_there; select 2'),
  ];
  const heard = await Promise.all(asked.map(async (each) => (await each).notices));
  await other.close();
  expect(heard).toEqual([
    [{ sqlstate: '42701', message: 'column "a" of relation "n" already exists, skipping' }],
    [],
    [{ sqlstate: '00000', message: 'table "never_there" does not exist, skipping' }],
  ]);
});

describe('a connection that goes', () => {
  test('in the middle of a statement is told by the statement and by `lost`', async () => {
    const victim = await connect(url);
    const sleeping = thrown(DatabaseError, victim.query('select pg_sleep(60)'));
    await session.query(
      `do $$ begin loop perform pg_stat_clear_snapshot();
        exit when exists (select from pg_stat_activity where pid = ${victim.pid} and wait_event = 'PgSleep');
      end loop; end $$`,
    );
    await session.query('select pg_terminate_backend($1)', [victim.pid]);
    expect((await sleeping).sqlstate).toBe('57P01');
    expect(await victim.lost).toBeInstanceOf(Error);
    const later = await thrown(ShipshapeError, victim.query('select 1'));
    expect(later.findings[0]).toMatchObject({ code: 'connection-lost', exit: 4 });
    await victim.close();
  });

  test('between statements is told by `lost`, with the reason of the server', async () => {
    const victim = await connect(url);
    await session.query('select pg_terminate_backend($1)', [victim.pid]);
    expect((await victim.lost).message).toBe('terminating connection due to administrator command');
    await thrown(ShipshapeError, victim.query('select 1'));
  });

  test('by our own destroy fails what is under way', async () => {
    const victim = await connect(url);
    const sleeping = thrown(ShipshapeError, victim.query('select pg_sleep(60)'));
    victim.destroy();
    expect((await sleeping).findings[0]?.code).toBe('connection-lost');
    expect(await victim.lost).toBeInstanceOf(Error);
  });

  test('by close is lost too, and may be closed again', async () => {
    const other = await connect(url);
    await other.close();
    expect((await other.lost).message).toBe('the connection was closed');
    await other.close();
  });
});

test('closing does not wait for ever for a server that is frozen', async () => {
  const victim = await connect(url);
  process.kill(victim.pid, 'SIGSTOP');
  try {
    await victim.close();
  } finally {
    process.kill(victim.pid, 'SIGCONT');
  }
  expect((await victim.lost).message).toBe('the connection was closed');
});

describe('transaction', () => {
  test('commits what the work did', async () => {
    await session.query('create table kept (a int)');
    const answer = await transaction(session, {}, async () => {
      await session.query('insert into kept values (1)');
      return 'done';
    });
    expect(answer).toBe('done');
    expect((await session.query('select a from kept')).rows).toEqual([{ a: 1 }]);
    expect(await isInTransaction()).toBe(false);
  });

  test('rolls back when the work throws, and throws that', async () => {
    await session.query('create table undone (a int)');
    const failure = new Error('on purpose');
    const error = await thrown(
      Error,
      transaction(session, {}, async () => {
        await session.query('insert into undone values (1)');
        throw failure;
      }),
    );
    expect(error).toBe(failure);
    expect((await session.query('select a from undone')).rows).toEqual([]);
    expect(await isInTransaction()).toBe(false);
  });

  test('says so when a statement failed and the work went on as if nothing had been', async () => {
    const error = await thrown(
      DatabaseError,
      transaction(session, {}, async () => {
        await session.query('nonsense').catch(() => undefined);
      }),
    );
    expect(error.sqlstate).toBe('25P02');
  });

  test('is read only and of one snapshot when asked', async () => {
    await transaction(session, { readOnly: true, isolation: 'repeatable read' }, async () => {
      expect(await session.query("select current_setting('transaction_isolation') as i")).toMatchObject({
        rows: [{ i: 'repeatable read' }],
      });
      expect(await session.query("select current_setting('transaction_read_only') as r")).toMatchObject({
        rows: [{ r: 'on' }],
      });
    });
  });
});

test('without the driver the one finding names what to install', async () => {
  const bare = mkdtempSync(join(tmpdir(), 'shipshape-bare-'));
  cpSync(join(import.meta.dirname, '../../dist'), bare, { recursive: true });
  const module = pathToFileURL(join(bare, 'postgres/connect.js')).href;
  const code = `import(${JSON.stringify(module)}).then((m) => m.connect('host=db')).catch((e) => console.log(JSON.stringify(e.findings)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    cwd: bare,
  });
  rmSync(bare, { recursive: true });
  expect(JSON.parse(stdout)).toMatchObject([{ code: 'driver-missing', exit: 2, do: 'npm install pg' }]);
});
