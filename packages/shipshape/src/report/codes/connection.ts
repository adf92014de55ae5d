// Codes of connection: the server cannot be reached, or does not let us in.
import { quoteIdentifier } from '../../catalog/index.ts';
import { defineCode } from '../code.ts';

const nothingCompared = 'nothing was compared: this says nothing about the schema';

export function connectionCodes() {
  return {
    'driver-missing': defineCode<object>({
      severity: 'error',
      exit: 2,
      title: 'The PostgreSQL driver is not installed.',
      explain:
        'Shipshape talks to PostgreSQL through the package `pg`, which your application chooses and installs (an optional peer dependency). It could not be loaded.',
      what: () => 'the PostgreSQL driver `pg` is not installed',
      because: () => 'Shipshape uses the driver that your application installs, and brings none of its own',
      do: () => 'npm install pg',
    }),
    'server-unreachable': defineCode<{ target: string; where: string; reason: string }>({
      severity: 'error',
      exit: 4,
      title: 'No PostgreSQL server answers at the address.',
      explain:
        'The connection could not be made: nothing listens at the address, its name is not known, or no answer came in time. This is never reported as missing tables.',
      what: ({ target, reason }) => `${target} cannot be reached: ${reason}`,
      because: () => nothingCompared,
      do: ({ where }) => `start PostgreSQL at ${where}, or correct the address in DATABASE_URL (or --url)`,
    }),
    'server-too-old': defineCode<{ target: string; version: string; oldest: number }>({
      severity: 'error',
      exit: 4,
      title: 'The server is of a version that Shipshape does not know.',
      explain:
        'Shipshape reads the catalogues of PostgreSQL 14 to 18, which the tests run on. Older ones have other catalogues, and get no corrections of their own any more. Servers that only speak its protocol (CockroachDB, Redshift) tell an old version too.',
      what: ({ target, version }) => `${target} is PostgreSQL ${version}, which is too old`,
      because: ({ oldest }) =>
        `its catalogues are not those of PostgreSQL ${oldest} and newer; ${nothingCompared}`,
      do: ({ oldest }) => `upgrade the server to PostgreSQL ${oldest} or newer`,
    }),
    'password-refused': defineCode<{
      target: string;
      user: string;
      given: boolean;
      ignoredFile: string | null;
      message: string;
    }>({
      severity: 'error',
      exit: 4,
      title: 'The server refuses the password.',
      explain: 'The server answers, and the password is wrong or was not given (SQLSTATE 28P01).',
      what: ({ target, user, given }) =>
        given
          ? `${target} refuses the password of ${user}`
          : `${target} asks for a password of ${user}, and none was given`,
      because: ({ ignoredFile, message }) =>
        ignoredFile === null
          ? `the server says: ${message}`
          : `the password file ${ignoredFile} and was ignored`,
      do: ({ given }) =>
        `${given ? 'correct' : 'give'} the password in DATABASE_URL, PGPASSWORD or ~/.pgpass (mode 0600)`,
    }),
    'login-refused': defineCode<{ target: string; user: string; message: string }>({
      severity: 'error',
      exit: 4,
      title: 'The server does not let this role in.',
      explain:
        'The server answers and refuses the login before any password: the role does not exist or may not log in, or pg_hba.conf has no line that allows it (SQLSTATE 28000), or it may not connect to the database (42501).',
      what: ({ target, user }) => `${target} does not let ${user} in`,
      because: ({ message }) => `the server says: ${message}`,
      do: () =>
        'correct the role in DATABASE_URL (or --url), or allow it in pg_hba.conf and by GRANT CONNECT',
    }),
    'database-missing': defineCode<{ target: string; database: string }>({
      severity: 'error',
      exit: 4,
      title: 'The database does not exist on the server.',
      explain: 'The server answers, and has no database of that name (SQLSTATE 3D000).',
      what: ({ target, database }) => `${target}: the server has no database "${database}"`,
      because: () => nothingCompared,
      do: ({ database }) =>
        `correct the name in DATABASE_URL (or --url), or run on the server: create database ${quoteIdentifier(database)};`,
    }),
    'too-many-connections': defineCode<{ target: string; message: string }>({
      severity: 'error',
      exit: 4,
      title: 'The server has no connection left.',
      explain: 'The server answers, and all its connections are in use (SQLSTATE 53300).',
      what: ({ target }) => `${target} has no connection left`,
      because: ({ message }) => `the server says: ${message}`,
      do: () =>
        'try again when some are free; see who holds them: select usename, application_name, count(*) from pg_stat_activity group by 1, 2 order by 3 desc;',
    }),
    'server-not-ready': defineCode<{ target: string; message: string }>({
      severity: 'error',
      exit: 4,
      title: 'The server is starting, stopping or recovering.',
      explain: 'The server answers, and takes no connections yet or any more (SQLSTATE 57P03).',
      what: ({ target }) => `${target} takes no connections now`,
      because: ({ message }) => `the server says: ${message}`,
      do: () => 'try again in a moment',
    }),
    'tls-refused': defineCode<{ target: string; mode: string; reason: string }>({
      severity: 'error',
      exit: 4,
      title: 'No encrypted connection could be made.',
      explain:
        'sslmode asks for TLS, and the server has none or the handshake failed. Nothing was sent over an unencrypted connection.',
      what: ({ target }) => `${target}: no encrypted connection could be made`,
      because: ({ mode, reason }) => `sslmode is ${mode}, and ${reason}`,
      do: () => 'switch TLS on at the server (ssl = on), or set sslmode=prefer if the network may be trusted',
    }),
    'certificate-refused': defineCode<{ target: string; mode: string; reason: string }>({
      severity: 'error',
      exit: 4,
      title: 'The certificate of the server is not trusted.',
      explain:
        'The server shows a certificate that the trusted roots did not sign, that has expired, or that is made out to another host. The password was not sent.',
      what: ({ target }) => `${target} shows a certificate that is not trusted`,
      because: ({ mode, reason }) => `sslmode is ${mode}, and ${reason}`,
      do: () =>
        'name the file of the authority that signed it: sslrootcert=<file> in DATABASE_URL, or PGSSLROOTCERT=<file>',
    }),
    'channel-binding-refused': defineCode<{ target: string }>({
      severity: 'error',
      exit: 4,
      title: 'The login cannot be bound to the TLS channel.',
      explain:
        'channel_binding=require asks for SCRAM-SHA-256-PLUS over TLS, and the server does not offer it. The password was not sent.',
      what: ({ target }) => `${target} offers no login that is bound to the TLS channel`,
      because: () => 'channel_binding is require, and without it another server could stand in between',
      do: () =>
        'use sslmode=require and a scram-sha-256 password, or leave channel_binding out of DATABASE_URL',
    }),
    'connection-refused': defineCode<{ target: string; message: string; sqlstate: string }>({
      severity: 'error',
      exit: 4,
      title: 'The server refuses the connection for another reason.',
      explain: 'The server answers the attempt to connect with an error that has no page of its own.',
      what: ({ target, sqlstate }) => `${target} refuses the connection (SQLSTATE ${sqlstate})`,
      because: ({ message }) => `the server says: ${message}`,
      do: ({ sqlstate }) =>
        `look up ${sqlstate} at https://www.postgresql.org/docs/current/errcodes-appendix.html`,
    }),
    'connection-lost': defineCode<{ target: string; reason: string }>({
      severity: 'error',
      exit: 4,
      title: 'The connection was lost in the middle.',
      explain:
        'The connection was there and is gone: the server stopped, somebody ended the session, or the network was cut. An open transaction is rolled back by the server.',
      what: ({ target }) => `the connection to ${target} was lost`,
      because: ({ reason }) => reason,
      do: () => 'run the command again when the server answers',
    }),
    'embedded-not-running': defineCode<{ database: string; project: string }>({
      severity: 'error',
      exit: 4,
      title: 'The embedded PostgreSQL of this project is not running.',
      explain: 'It runs while somebody uses it: the service, or a command. `url` starts nothing.',
      what: ({ database }) => `the embedded database "${database}" is not running`,
      because: ({ project }) => `nobody uses the server of ${project} now, and it ends with its last user`,
      do: () => 'npm start',
    }),
    'embedded-failed': defineCode<{ message: string; because: string; act: string }>({
      severity: 'error',
      exit: 4,
      title: 'The embedded PostgreSQL does not run.',
      explain: 'The server could not be installed, started or reached. The message is its own.',
      what: ({ message }) => message.replace(/\.$/, ''),
      because: ({ because }) => because,
      do: ({ act }) => act,
    }),
    'database-refused': defineCode<{ message: string; sqlstate: string }>({
      severity: 'error',
      exit: 4,
      title: 'The server refused a statement of Shipshape.',
      explain:
        'Reading the catalogue or the ledger was refused, and nothing more is known about why. The message is the server’s.',
      what: ({ message, sqlstate }) => `the server refused: ${message} (${sqlstate})`,
      because: () => 'the database could not be read whole, and what was not read is not judged',
      do: ({ sqlstate }) =>
        `look up ${sqlstate} at https://www.postgresql.org/docs/current/errcodes-appendix.html`,
    }),
    'table-not-found': defineCode<{ table: string; target: string; near: readonly string[] }>({
      severity: 'error',
      exit: 1,
      title: 'The database has no such table.',
      explain: 'The table is in none of the schemas that the role can see.',
      what: ({ table, target }) => `there is no table ${table} in ${target}`,
      because: ({ near }) =>
        near.length === 0 ? 'no table has a similar name' : `there is ${near.join(', ')}`,
      do: ({ near }) =>
        near[0] === undefined ? 'npx shipshape status' : `npx shipshape describe ${near[0]}`,
    }),
  };
}
