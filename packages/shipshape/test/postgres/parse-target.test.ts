// Connection strings, judged without a server: what is written, what the environment adds, what is refused.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { Target } from '../../src/postgres/target.ts';
import { ShipshapeError } from '../../src/report/index.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'shipshape-home-'));
});
afterAll(() => rmSync(home, { recursive: true }));

const parse = (text: string | undefined, env: Record<string, string> = {}) =>
  parseTarget(text, { HOME: home, PGUSER: 'somebody', ...env });

/** A target as plain data, its secrets opened. */
function open(target: Target) {
  return {
    ...target,
    password: target.password?.() ?? null,
    tls: {
      ...target.tls,
      key: target.tls.key?.() ?? null,
      keyPassphrase: target.tls.keyPassphrase?.() ?? null,
    },
  };
}

function refusal(work: () => unknown): readonly { code: string; what: string; exit: number }[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ShipshapeError) return error.findings;
    throw error;
  }
  return [];
}

describe('a URI', () => {
  test('gives host, port, database, user and password', () => {
    const target = parse('postgres://app:s3cret@db.example:6432/calls');
    expect(open(target)).toMatchObject({
      host: 'db.example',
      port: 6432,
      database: 'calls',
      user: 'app',
      password: 's3cret',
      display: 'postgres://app@db.example:6432/calls',
    });
    expect(parse('postgres://app@db:5432/calls').display).toBe('postgres://app@db/calls');
    expect(parse('postgres://app@/calls?host=/run/pg&port=1').display).toBe(
      'postgres://app@/calls?host=/run/pg&port=1',
    );
  });

  test('is percent-decoded in every part', () => {
    const target = parse(
      'postgresql://a%40b:p%3A%2F%25w%C3%A4@/caf%C3%A9?host=%2Frun%2Fpg&application_name=x%26y',
    );
    expect(open(target)).toMatchObject({
      user: 'a@b',
      password: 'p:/%wä',
      database: 'café',
      host: '/run/pg',
      applicationName: 'x&y',
    });
  });

  test('takes a socket directory as its host', () => {
    expect(parse('postgres://app@%2Frun%2Fpg:5433/calls')).toMatchObject({ host: '/run/pg', port: 5433 });
  });

  test('takes an IPv6 address in brackets', () => {
    expect(parse('postgres://app@[::1]:5433/calls')).toMatchObject({
      host: '::1',
      port: 5433,
      display: 'postgres://app@[::1]:5433/calls',
    });
  });

  test('lets a later parameter win over an earlier part', () => {
    expect(parse('postgres://app@one/calls?host=two&dbname=other&user=b&user=c')).toMatchObject({
      host: 'two',
      database: 'other',
      user: 'c',
    });
  });

  test("understands JDBC's ssl=true as sslmode=require", () => {
    expect(parse('postgres://db/calls?ssl=true').tls.mode).toBe('require');
  });

  test('may hold an @ where it can mean nothing else', () => {
    expect(parse('postgres://x@db/calls?user=app@tenant').user).toBe('app@tenant');
  });

  test('may hold a ? in the password, as libpq has it', () => {
    expect(parse('postgres://app:what?x=1@db/calls').password?.()).toBe('what?x=1');
  });

  test('keeps a plus sign as it is', () => {
    expect(parse('postgres://db/calls?application_name=a+b').applicationName).toBe('a+b');
  });
});

describe('keywords and values', () => {
  test('are read with quotes, escapes and spaces around the equals sign', () => {
    const target = parse(
      String.raw`host = db  port=6432 dbname='my \'own\' \\ base' user=a\ b password = ''`,
    );
    expect(open(target)).toMatchObject({
      host: 'db',
      port: 6432,
      database: String.raw`my 'own' \ base`,
      user: 'a b',
      password: null,
    });
  });

  test('are what an empty string is made of', () => {
    expect(parse('', { PGHOST: 'db' })).toMatchObject({ host: 'db', database: 'somebody' });
  });
});

test('what is written as a URI and as keywords is the same target', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !each.includes('\0'));
  const host = fc.oneof(
    fc.constantFrom('db', 'db.example', '::1', '10.0.0.7', '/run/pg', '/tmp/a b'),
    text.filter((each) => !each.includes(',')),
  );
  const values = fc.record({
    host,
    port: fc.integer({ min: 1, max: 65535 }).map(String),
    user: text,
    password: text,
    dbname: text,
    application_name: text,
    options: text,
    sslmode: fc.constantFrom('disable', 'allow', 'prefer', 'require'),
    connect_timeout: fc.integer({ min: 0, max: 600 }).map(String),
  });
  fc.assert(
    fc.property(values, fc.boolean(), (given, short) => {
      const keywords = Object.entries(given)
        .map(([name, value]) => `${name}='${value.replace(/['\\]/g, '\\$&')}'`)
        .join(' ');
      const { host: h, port, user, password, dbname, ...others } = given;
      const encode = encodeURIComponent;
      const authority = h.includes(':') && !/[[\]/?%@]/.test(h) && h === '::1' ? `[${h}]` : encode(h);
      const parts = `${encode(user)}:${encode(password)}@${authority}:${port}/${encode(dbname)}`;
      const pairs = (list: object) =>
        Object.entries(list)
          .map(([name, value]) => `${name}=${encode(value)}`)
          .join('&');
      const uri = short ? `postgres://${parts}?${pairs(others)}` : `postgresql://?${pairs(given)}`;
      const target = open(parse(uri));
      expect(target).toEqual(open(parse(keywords)));
      expect(target).toMatchObject({
        host: h,
        port: Number(port),
        user,
        password,
        database: dbname,
        applicationName: given.application_name,
        options: given.options,
      });
    }),
    { numRuns: 500 },
  );
});

describe('the environment', () => {
  test('fills what the text leaves out, and only that', () => {
    const env = {
      PGHOST: 'envhost',
      PGPORT: '7000',
      PGUSER: 'envuser',
      PGPASSWORD: 'envpassword',
      PGDATABASE: 'envdb',
      PGSSLMODE: 'disable',
      PGCONNECT_TIMEOUT: '3',
      PGAPPNAME: 'envapp',
      PGOPTIONS: '-c search_path=calls',
    };
    expect(open(parse(undefined, env))).toMatchObject({
      host: 'envhost',
      port: 7000,
      user: 'envuser',
      password: 'envpassword',
      database: 'envdb',
      tls: { mode: 'disable' },
      connectTimeout: 3,
      applicationName: 'envapp',
      options: '-c search_path=calls',
    });
    expect(open(parse('postgres://u:p@h:1/d?sslmode=require&application_name=a', env))).toMatchObject({
      host: 'h',
      port: 1,
      user: 'u',
      password: 'p',
      database: 'd',
      tls: { mode: 'require' },
      applicationName: 'a',
    });
  });

  test("leaves libpq's defaults where nothing is said", () => {
    expect(parse('host=db')).toMatchObject({
      port: 5432,
      user: 'somebody',
      database: 'somebody',
      tls: { mode: 'prefer', roots: null, direct: false },
      connectTimeout: null,
      channelBinding: false,
    });
  });
});

describe('the password file', () => {
  const write = (name: string, text: string, mode = 0o600) => {
    const file = join(home, name);
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  const passwordOf = (text: string, PGPASSFILE: string) => parse(text, { PGPASSFILE }).password?.() ?? null;

  test('gives the password of the first line that fits, with wildcards and escapes', () => {
    const file = write(
      'pgpass',
      String.raw`# db:5432:calls:app:not this, it is a comment
db:5432:other:app:one
d\:b:5432:*:app:two\:and\\more
db:*:calls:app:three
*:*:*:*:four
`,
    );
    expect(passwordOf('postgres://app@db/other', file)).toBe('one');
    expect(passwordOf('postgres://app@d%3Ab/x', file)).toBe(String.raw`two:and\more`);
    expect(passwordOf('postgres://app@db:6000/calls', file)).toBe('three');
    expect(passwordOf('postgres://else@db/calls', file)).toBe('four');
  });

  test('is ~/.pgpass when nothing names another, and says localhost for the default socket', () => {
    const file = write('.pgpass', 'localhost:5432:calls:app:kept\n');
    expect(parse('postgres://app@localhost/calls').password?.()).toBe('kept');
    expect(parse('postgres://app@/calls?host=/var/run/postgresql').password?.()).toBe('kept');
    expect(parse('postgres://app@/calls?host=/elsewhere').password).toBeNull();
    rmSync(file);
  });

  test('is not asked when a password is given', () => {
    const file = write('pgpass', '*:*:*:*:file\n');
    expect(passwordOf('postgres://app:text@db/calls', file)).toBe('text');
    expect(parse('postgres://app@db/calls', { PGPASSFILE: file, PGPASSWORD: 'variable' }).password?.()).toBe(
      'variable',
    );
  });

  test('is ignored, with the reason, when others may read it', () => {
    const file = write('pgpass', '*:*:*:*:file\n', 0o640);
    const target = parse('postgres://app@db/calls', { PGPASSFILE: file });
    expect(target.password).toBeNull();
    expect(target.passwordFileIgnored).toBe(`${file} may be read by others (chmod 0600 ${file})`);
  });

  test('is ignored when it is no file', () => {
    expect(parse('host=db', { PGPASSFILE: home }).passwordFileIgnored).toBe(`${home} is not a plain file`);
  });
});

describe('secrets', () => {
  test('are in no print and no JSON of a target', async () => {
    const { inspect } = await import('node:util');
    const target = parse('postgres://app:s3cret@db/calls?sslpassword=hidd3n');
    for (const text of [
      inspect(target, { depth: 9, showHidden: true }),
      JSON.stringify(target),
      target.display,
    ])
      expect(text).not.toMatch(/s3cret|hidd3n/);
  });

  test.each([
    'postgres://app:s3cret@db/calls?x',
    'postgres://app:s3cret%zz@db/calls',
    'mysql://app:s3cret@db/calls',
    "host=db password='s3cret",
    'postgres://app:s3cret@[::1/calls',
    'postgres://app:s3cret@::1/calls',
    'postgres://app:s3cret@db/calls?a=b=c',
    'calls s3cret',
    'postgres://app:more/s3cret@db/calls',
    'postgres://app:12/s3cret@db/calls',
    'postgres://app:more@s3cret@db/calls',
    'postgres://app:s3cret:more@:db/calls',
  ])('are not repeated when the text cannot be read: %s', (text) => {
    const findings = refusal(() => parse(text));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'connection-string-invalid', exit: 2 });
    expect(JSON.stringify(findings)).not.toContain('s3cret');
  });
});

describe('what is refused', () => {
  test.each([
    ['postgres://db/calls?schema=public', 'connection-parameter-unknown', '"schema"'],
    ['host=db dbnam=calls', 'connection-parameter-unknown', '"dbnam"'],
    ['host=db service=production', 'connection-parameter-unsupported', 'service'],
    ['host=db target_session_attrs=read-write', 'connection-parameter-unsupported', 'target_session_attrs'],
    ['host=db client_encoding=LATIN1', 'connection-parameter-unsupported', 'client_encoding'],
    ['host=db sslmode=verified', 'connection-value-invalid', 'verified'],
    ['host=db port=0', 'connection-value-invalid', 'port'],
    ['host=db port=54e2', 'connection-value-invalid', 'port'],
    ['host=db connect_timeout=soon', 'connection-value-invalid', 'connect_timeout'],
    ['host=db channel_binding=yes', 'connection-value-invalid', 'channel_binding'],
    ['host=db sslnegotiation=now', 'connection-value-invalid', 'sslnegotiation'],
    ['host=db sslnegotiation=direct sslmode=prefer', 'connection-value-invalid', 'sslmode'],
    ['host=db sslrootcert=system sslmode=require', 'connection-value-invalid', 'sslmode'],
    ['postgres://one,two/calls', 'connection-hosts-several', 'several hosts'],
    ['host=one,two', 'connection-hosts-several', 'several hosts'],
    ['host=db sslrootcert=/nowhere/root.crt sslmode=require', 'tls-file-unreadable', '/nowhere/root.crt'],
    ['host=db sslcert=/nowhere/me.crt', 'tls-file-unreadable', '/nowhere/me.crt'],
    ['host=db sslmode=verify-ca', 'root-certificate-missing', 'verify-ca'],
    ['host=db sslmode=verify-full', 'root-certificate-missing', 'verify-full'],
  ])('%s is %s', (text, code, words) => {
    const findings = refusal(() => parse(text));
    expect(findings.map((each) => each.code)).toEqual([code]);
    expect(findings[0]?.exit).toBe(2);
    expect(findings[0]?.what).toContain(words);
  });

  test('all that is unknown is told at once', () => {
    const findings = refusal(() => parse('postgres://db/calls?schema=public&pgbouncer=true&service=x'));
    expect(findings.map((each) => each.code)).toEqual([
      'connection-parameter-unknown',
      'connection-parameter-unknown',
      'connection-parameter-unsupported',
    ]);
  });

  test('a variable that would send us elsewhere is refused by its own name', () => {
    const [finding] = refusal(() => parse('dbname=calls', { PGSERVICE: 'production' }));
    expect(finding).toMatchObject({ code: 'connection-parameter-unsupported', do: 'unset PGSERVICE' });
  });
});

test('sslrootcert=system asks for verify-full by itself', () => {
  expect(parse('host=db sslrootcert=system').tls).toMatchObject({ mode: 'verify-full', roots: 'system' });
});

test('parameters that change nothing here are accepted', () => {
  expect(
    parse(
      'host=db keepalives=1 gssencmode=disable client_encoding=UTF8 target_session_attrs=any channel_binding=prefer',
    ),
  ).toMatchObject({ host: 'db', channelBinding: false });
});
