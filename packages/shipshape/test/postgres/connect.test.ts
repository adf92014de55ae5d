// Connecting to real servers: who is let in, and what is said when somebody is not.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNeeded } from '../../src/introspect/read-needed.ts';
import { connect } from '../../src/postgres/connect.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { Target } from '../../src/postgres/target.ts';
import { type Finding, ShipshapeError } from '../../src/report/index.ts';
import { type LoginServer, startLoginServer, tlsFolder, waitUntil } from './login-server.ts';

let home: string;
let server: LoginServer;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'shipshape-home-'));
  server = await startLoginServer();
  await server.admin.query("create role app login password 's3cret'");
  await server.admin.query("create role full_house login password 's3cret' connection limit 0");
  await server.admin.query("create role barred nologin password 's3cret'");
  await server.admin.query('create role certified login');
  await server.admin.query('create database private');
  await server.admin.query('revoke connect on database private from public');
});
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true });
});

const target = (text: string, env: Record<string, string> = {}) => parseTarget(text, { HOME: home, ...env });
const at = (rest: string, user = 'app:s3cret') => `postgres://${user}@localhost:${server.port}/${rest}`;

async function refusal(text: string, env: Record<string, string> = {}): Promise<Finding> {
  const error = await connect(target(text, env), { connectTimeoutMs: 5000 }).then(
    async (session) => {
      await session.close();
      throw new Error('it connected');
    },
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ShipshapeError)) throw error;
  expect(error.findings).toHaveLength(1);
  expect(JSON.stringify(error.findings)).not.toContain('s3cret');
  return error.findings[0] as Finding;
}

/** How the session of a successful login is protected, as the server sees it. */
async function encryption(to: string | Target): Promise<boolean> {
  const session = await connect(typeof to === 'string' ? target(to) : to);
  const { rows } = await session.query<{ ssl: boolean }>(
    'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
  );
  await session.close();
  return rows[0]?.ssl as boolean;
}

describe('nobody there', () => {
  test('a port on which nothing listens', async () => {
    expect(await refusal('postgres://app@127.0.0.1:1/calls')).toMatchObject({
      code: 'server-unreachable',
      exit: 4,
      what: 'postgres://app@127.0.0.1:1/calls cannot be reached: nothing listens at 127.0.0.1:1',
    });
  });

  test('a host name that nobody knows', async () => {
    const finding = await refusal('postgres://app@shipshape.invalid/calls');
    expect(finding.code).toBe('server-unreachable');
    expect(finding.what).toContain('the host name of shipshape.invalid:5432 is not known');
  });

  test('a socket that is not there', async () => {
    const finding = await refusal('postgres://app@/calls?host=/nowhere');
    expect(finding.what).toContain('there is no socket /nowhere/.s.PGSQL.5432');
  });

  test('a listener that never answers', async () => {
    const silent = await listen(() => undefined);
    const text = `postgres://app@127.0.0.1:${silent.port}/calls?connect_timeout=1`;
    const error = await connect(target(text)).catch((thrown: ShipshapeError) => thrown);
    silent.server.close();
    expect((error as ShipshapeError).findings[0]).toMatchObject({ code: 'server-unreachable', exit: 4 });
    expect((error as ShipshapeError).message).toContain('did not answer in time');
  });
});

describe('not let in', () => {
  test('a wrong password', async () => {
    expect(await refusal(at('calls', 'app:wrong'))).toMatchObject({
      code: 'password-refused',
      exit: 4,
      what: `postgres://app@localhost:${server.port}/calls refuses the password of app`,
    });
  });

  test('no password, and one is asked for', async () => {
    const finding = await refusal(at('calls', 'app'));
    expect(finding.code).toBe('password-refused');
    expect(finding.what).toContain('none was given');
  });

  test('a password file that others may read is named as the likely reason', async () => {
    const file = join(home, 'pgpass');
    writeFileSync(file, '*:*:*:*:s3cret\n');
    chmodSync(file, 0o644);
    const finding = await refusal(at('calls', 'app'), { PGPASSFILE: file });
    expect(finding.because).toContain(`chmod 0600 ${file}`);
    chmodSync(file, 0o600);
    const session = await connect(target(at('calls', 'app'), { PGPASSFILE: file }));
    await session.close();
  });

  test('a role that may not log in', async () => {
    expect(await refusal(at('calls', 'barred:s3cret'))).toMatchObject({ code: 'login-refused', exit: 4 });
  });

  test('a database that the role may not connect to', async () => {
    expect(await refusal(at('private'))).toMatchObject({ code: 'login-refused', exit: 4 });
  });

  test('a database that does not exist', async () => {
    expect(await refusal(at('Nowhere'))).toMatchObject({
      code: 'database-missing',
      exit: 4,
      do: expect.stringContaining('create database "Nowhere";'),
    });
  });

  test('no connection left', async () => {
    expect(await refusal(at('calls', 'full_house:s3cret'))).toMatchObject({
      code: 'too-many-connections',
      exit: 4,
    });
  });

  test('a setting that the server does not know', async () => {
    const finding = await refusal(at('calls?options=-c%20nonsense%3D1'));
    expect(finding).toMatchObject({ code: 'connection-refused', exit: 4 });
    expect(finding.because).toContain('nonsense');
  });

  test('a server that is shutting down', async () => {
    const scratch = await startScratchServer();
    try {
      const admin = await connect(scratch.url('postgres'));
      const { rows } = await admin.query<{ pid: string }>("select pg_read_file('postmaster.pid') as pid");
      // SIGTERM: the smart shutdown waits for the sessions that are there, and takes no new ones.
      process.kill(Number.parseInt(rows[0]?.pid as string, 10), 'SIGTERM');
      let finding: Finding | undefined;
      await waitUntil(async () => {
        finding = await refusal(scratch.url('postgres')).catch(() => undefined);
        return finding !== undefined;
      });
      expect(finding).toMatchObject({ code: 'server-not-ready', exit: 4 });
      await admin.close();
    } finally {
      await scratch.stop();
    }
  });
});

describe('a server without TLS', () => {
  test('is used by prefer, allow and disable', async () => {
    for (const mode of ['prefer', 'allow', 'disable'])
      expect(await encryption(at(`calls?sslmode=${mode}`))).toBe(false);
  });

  test('is asked for TLS by the first connection, and not by those that follow it', async () => {
    const between = await standBetween((said) => said);
    const to = target(`postgres://app:s3cret@127.0.0.1:${between.port}/calls?sslmode=prefer`);
    for (const openedThen of [2, 3, 4]) {
      expect(await encryption(to)).toBe(false);
      expect(between.opened()).toBe(openedThen);
    }
    between.server.close();
  });

  test('is refused by require, before the password is sent', async () => {
    expect(await refusal(at('calls?sslmode=require'))).toMatchObject({
      code: 'tls-refused',
      exit: 4,
      because: 'sslmode is require, and the server does not support SSL connections',
    });
  });

  test('is refused by channel_binding=require', async () => {
    expect(await refusal(at('calls?channel_binding=require'))).toMatchObject({
      code: 'channel-binding-refused',
      exit: 4,
    });
  });
});

describe('a server with TLS', () => {
  const root = join(tlsFolder, 'root.crt');
  beforeAll(async () => {
    await server.switchTlsOn();
    await waitUntil(() => encryption(at('calls?sslmode=prefer')));
  });

  test('is spoken to in TLS by prefer and require, and in clear by disable and allow', async () => {
    expect(await encryption(at('calls'))).toBe(true);
    expect(await encryption(at('calls?sslmode=require'))).toBe(true);
    expect(await encryption(at('calls?sslmode=allow'))).toBe(false);
    expect(await encryption(at('calls?sslmode=disable'))).toBe(false);
  });

  test('binds the login to the channel when asked', async () => {
    expect(await encryption(at('calls?channel_binding=require'))).toBe(true);
  });

  test('begins with TLS at once under sslnegotiation=direct', async () => {
    expect(await encryption(at('calls?sslmode=require&sslnegotiation=direct'))).toBe(true);
    const firstByte = async (parameters: string) => {
      let byte: number | undefined;
      const listener = await listen((socket) =>
        socket.once('data', (data) => {
          byte = data[0];
          socket.destroy();
        }),
      );
      await refusal(`postgres://app@127.0.0.1:${listener.port}/calls?sslmode=require${parameters}`);
      listener.server.close();
      return byte;
    };
    // 22 begins a TLS record; 0 the length of PostgreSQL's own request for it.
    expect([await firstByte('&sslnegotiation=direct'), await firstByte('')]).toEqual([22, 0]);
  });

  test('is verified by the right root and by name', async () => {
    expect(await encryption(at(`calls?sslmode=verify-full&sslrootcert=${root}`))).toBe(true);
    expect(await encryption(at(`calls?sslmode=verify-ca&sslrootcert=${root}`))).toBe(true);
  });

  test('is verified by the root certificate of the home folder', async () => {
    const there = mkdtempSync(join(tmpdir(), 'shipshape-home-'));
    mkdirSync(join(there, '.postgresql'));
    copyFileSync(root, join(there, '.postgresql/root.crt'));
    const session = await connect(target(at('calls?sslmode=verify-full'), { HOME: there }));
    await session.close();
    rmSync(there, { recursive: true });
  });

  test.each(['verify-ca', 'verify-full', 'require'])('is refused by %s with another root', async (mode) => {
    const other = join(tlsFolder, 'other-root.crt');
    expect(await refusal(at(`calls?sslmode=${mode}&sslrootcert=${other}`))).toMatchObject({
      code: 'certificate-refused',
      exit: 4,
    });
  });

  test('is refused by verify-full under another name, and taken by verify-ca', async () => {
    const byAddress = (mode: string) =>
      `postgres://app:s3cret@127.0.0.1:${server.port}/calls?sslmode=${mode}&sslrootcert=${root}`;
    const finding = await refusal(byAddress('verify-full'));
    expect(finding.code).toBe('certificate-refused');
    expect(finding.because).toContain('127.0.0.1');
    expect(await encryption(byAddress('verify-ca'))).toBe(true);
  });

  test('is refused by the public roots', async () => {
    expect((await refusal(at('calls?sslrootcert=system'))).code).toBe('certificate-refused');
  });

  test('takes a client certificate in the place of a password', async () => {
    await server.setHba(['hostssl all certified 127.0.0.1/32 cert', 'hostssl all certified ::1/128 cert']);
    const files = `sslcert=${join(tlsFolder, 'client.crt')}&sslkey=${join(tlsFolder, 'client.key')}`;
    let accepted = false;
    await waitUntil(async () => {
      accepted = await encryption(at(`calls?sslmode=require&${files}`, 'certified')).catch(() => false);
      return accepted;
    });
    expect(accepted).toBe(true);
  });

  test('that refuses unencrypted logins is tried with TLS by allow', async () => {
    await server.setHba(['hostnossl all all all reject']);
    await waitUntil(async () => (await refusal(at('calls?sslmode=disable')).catch(() => null)) !== null);
    expect(await refusal(at('calls?sslmode=disable'))).toMatchObject({ code: 'login-refused', exit: 4 });
    expect(await encryption(at('calls?sslmode=allow'))).toBe(true);
  });

  test('that refuses encrypted logins is tried without TLS by prefer', async () => {
    await server.setHba(['hostssl all all all reject']);
    await waitUntil(async () => (await refusal(at('calls?sslmode=require')).catch(() => null)) !== null);
    expect((await refusal(at('calls?sslmode=require'))).code).toBe('login-refused');
    expect(await encryption(at('calls?sslmode=prefer'))).toBe(false);
  });

  test.each(['prefer', 'allow'])('that has changed its mind is found out by %s', async (mode) => {
    const to = target(at(`calls?sslmode=${mode}`));
    for (const [refused, by] of [
      ['hostssl', 'require'],
      ['hostnossl', 'disable'],
      ['hostssl', 'require'],
    ] as const) {
      await server.setHba([`${refused} all all all reject`]);
      await waitUntil(async () => (await refusal(at(`calls?sslmode=${by}`)).catch(() => null)) !== null);
      expect(await encryption(to)).toBe(refused === 'hostnossl');
    }
  });
});

describe('a server', () => {
  /** In front of the real one, which it lets say that it is of another version: in as many letters. */
  async function posing(change: (said: string) => string): Promise<{ text: string; close: () => void }> {
    const proxy = await standBetween((said) => said.replace(/(?<=server_version\0)[^\0]+/, change));
    const text = `postgres://app:s3cret@127.0.0.1:${proxy.port}/calls?sslmode=disable`;
    return { text, close: () => proxy.server.close() };
  }

  test.each(['9.6.24', '13.23 (Debian 13.23-1)', '8.0.2'])('of version %s is too old', async (version) => {
    const old = await posing((said) => version.padEnd(said.length).slice(0, said.length));
    const finding = await refusal(old.text);
    old.close();
    expect(finding).toMatchObject({ code: 'server-too-old', exit: 4 });
    expect(finding.what).toContain(`is PostgreSQL ${version.slice(0, 3)}`);
    expect(finding.because).toContain('nothing was compared');
  });

  test('that says nothing of a version is asked for it', async () => {
    const odd = await posing((said) => 'x'.repeat(said.length));
    const session = await connect(target(odd.text));
    const { server: read } = await readNeeded(session);
    await session.close();
    odd.close();
    expect(read.versionNumber).toBeGreaterThanOrEqual(140_000);
  });
});

/** In front of the real server; both hear `change` of what the other says. */
async function standBetween(
  change: (said: string) => string,
): Promise<{ readonly server: Server; readonly port: number; readonly opened: () => number }> {
  let opened = 0;
  const listening = await listen((socket) => {
    opened += 1;
    const behind = connectSocket(server.port, 'localhost');
    for (const [from, to] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      from.on('data', (bytes: Buffer) => to.write(Buffer.from(change(bytes.toString('latin1')), 'latin1')));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  return { ...listening, opened: () => opened };
}

function listen(onConnection: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const listener = createServer(onConnection).listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve({ server: listener, port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
  });
}
