// Codes of configuration: asked wrongly, exit 2.
import { defineCode } from '../code.ts';

export const configurationCodes = {
  'connection-string-invalid': defineCode<{ fault: string }>({
    severity: 'error',
    exit: 2,
    title: 'The connection string cannot be read.',
    explain:
      'It is read by the rules of libpq, as psql does: a URI, or keywords with values. The text is not repeated in the message because it may hold a password.',
    what: ({ fault }) => `the connection string cannot be read: ${fault}`,
    because: () => 'Shipshape reads connection strings by the rules of libpq, as psql does',
    do: () => 'write DATABASE_URL as postgres://user:password@host:5432/database',
  }),
  'connection-parameter-unknown': defineCode<{ name: string }>({
    severity: 'error',
    exit: 2,
    title: 'libpq knows no such connection parameter.',
    explain: 'A connection string holds a parameter that PostgreSQL does not know; psql would refuse it too.',
    what: ({ name }) =>
      `the connection string holds "${name}", which is no connection parameter of PostgreSQL`,
    because: () => 'a misspelt parameter that is ignored connects somewhere else, or unencrypted',
    do: ({ name }) => `take ${name} out of DATABASE_URL (the address that Shipshape is given), or correct it`,
  }),
  'connection-parameter-unsupported': defineCode<{ name: string; accepts: readonly string[] }>({
    severity: 'error',
    exit: 2,
    title: 'A connection parameter that Shipshape does not carry out.',
    explain: 'libpq knows the parameter, and Shipshape would not do what it asks for.',
    what: ({ name, accepts }) =>
      accepts.length === 0
        ? `${name} is not carried out by Shipshape`
        : `${name} is carried out only as ${accepts.join(', ')}`,
    because: () => 'ignoring it would connect otherwise than you asked',
    do: ({ name }) =>
      /^PG[A-Z]+$/.test(name) ? `unset ${name}` : `take ${name} out of DATABASE_URL (or --url)`,
  }),
  'connection-value-invalid': defineCode<{ name: string; value: string; expected: string }>({
    severity: 'error',
    exit: 2,
    title: 'A connection parameter has a value that is not allowed.',
    explain: 'The value is none of those that PostgreSQL knows for the parameter.',
    what: ({ name, value }) => `the connection parameter ${name} is "${value}"`,
    because: ({ expected }) => `it has to be ${expected}`,
    do: ({ name }) => `correct ${name} in DATABASE_URL or the environment`,
  }),
  'connection-hosts-several': defineCode<object>({
    severity: 'error',
    exit: 2,
    title: 'The connection string names several hosts.',
    explain:
      'libpq would try one host after another. A schema is compared, and changed, on one server: which one must not be left to chance.',
    what: () => 'the connection string names several hosts',
    because: () => 'a schema is compared, and changed, on one server, which must not be left to chance',
    do: () => 'name the primary alone in DATABASE_URL (or --url)',
  }),
  'tls-file-unreadable': defineCode<{ parameter: string; file: string; reason: string }>({
    severity: 'error',
    exit: 2,
    title: 'A certificate or key file cannot be read.',
    explain: 'The connection parameters name a file for TLS that is not there or may not be read.',
    what: ({ parameter, file, reason }) => `${parameter} names ${file}, which cannot be read (${reason})`,
    because: () => 'without it the connection would be less protected than you asked',
    do: ({ file }) => `ls -l ${file}`,
  }),
  'root-certificate-missing': defineCode<{ mode: string; file: string }>({
    severity: 'error',
    exit: 2,
    title: 'The server is to be verified, and no root certificate is known.',
    explain:
      'sslmode is verify-ca or verify-full, sslrootcert names no file, and the usual file is not there.',
    what: ({ mode }) => `sslmode is ${mode}, and no root certificate is known`,
    because: ({ file }) => `sslrootcert is not set and ${file} is not there`,
    do: () =>
      'add sslrootcert=<file of the authority>, or sslmode=verify-full&sslrootcert=system for a public one',
  }),
};
