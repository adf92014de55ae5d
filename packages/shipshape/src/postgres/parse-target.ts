// A connection string and the environment into a Target, with libpq's rules and defaults.
import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { connectionParameters } from './connection-parameters.ts';
import { parseConnectionText } from './parse-connection-text.ts';
import { readPasswordFile } from './read-password-file.ts';
import { readTls } from './read-tls.ts';
import { displayTarget, type Target } from './target.ts';

/** Where a server's socket lies by default: Debian's and Red Hat's packages, and PostgreSQL's own build. */
const socketDirectories = ['/var/run/postgresql', '/tmp'];

/**
 * The text wins over the environment, which wins over libpq's defaults (manual 32.1.2, 32.15). Without a host: the
 * directory that holds a socket for the port, else localhost. Reads PGPASSFILE and the files of TLS.
 * Throws ShipshapeError (exit 2) for what libpq would refuse and for what we do not carry out.
 */
export function parseTarget(text: string | undefined, env: NodeJS.ProcessEnv): Target {
  const written = text === undefined ? new Map<string, string>() : parseConnectionText(text.trim());
  const value = (name: string): string | undefined => {
    const variable = connectionParameters[name]?.environment;
    return written.get(name) ?? (variable === undefined ? undefined : env[variable]) ?? undefined;
  };
  assertCarriedOut(written, value);
  const home = env.HOME || homedir();
  const port = parseWhole(value('port') || '5432', 'port', 1, 65535);
  const user = value('user') || accountName();
  const where = {
    host: value('host') || findSocket(port) || 'localhost',
    port,
    user,
    database: value('dbname') || user,
  };
  const given = value('password') || undefined;
  const kept =
    given === undefined
      ? readPasswordFile(value('passfile') || join(home, '.pgpass'), where)
      : { password: () => given, ignored: null };
  const timeout = value('connect_timeout');
  return {
    ...where,
    password: kept.password,
    passwordFileIgnored: kept.ignored,
    tls: readTls(value, join(home, '.postgresql')),
    channelBinding: value('channel_binding') === 'require',
    connectTimeout: timeout
      ? Math.max(0, parseWhole(timeout, 'connect_timeout', -2147483648, 2147483))
      : null,
    applicationName: value('application_name') || value('fallback_application_name') || null,
    options: value('options') || null,
    display: displayTarget(where),
  };
}

/** Throws one error with all that is unknown or not carried out. */
function assertCarriedOut(
  written: ReadonlyMap<string, string>,
  value: (name: string) => string | undefined,
): void {
  const findings: Finding[] = [];
  for (const name of written.keys())
    if (!Object.hasOwn(connectionParameters, name))
      findings.push(makeFinding('connection-parameter-unknown', { name }));
  for (const [name, { accepts, environment }] of Object.entries(connectionParameters)) {
    const asked = value(name);
    if (!asked || accepts === undefined || accepts === 'any' || accepts.includes(asked.toLowerCase()))
      continue;
    const from = written.has(name) ? name : (environment ?? name);
    findings.push(makeFinding('connection-parameter-unsupported', { name: from, accepts }));
  }
  const binding = value('channel_binding');
  if (binding && !['disable', 'prefer', 'require'].includes(binding))
    findings.push(
      makeFinding('connection-value-invalid', {
        name: 'channel_binding',
        value: binding,
        expected: 'disable, prefer or require',
      }),
    );
  if (value('host')?.includes(',') || value('port')?.includes(','))
    findings.push(makeFinding('connection-hosts-several', {}));
  const [first, ...rest] = findings;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
}

function parseWhole(text: string, name: string, least: number, most: number): number {
  const number = /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  const expected = name === 'port' ? 'a number from 1 to 65535' : 'a number of seconds';
  throw new ShipshapeError([makeFinding('connection-value-invalid', { name, value: text, expected })]);
}

function findSocket(port: number): string | undefined {
  return socketDirectories.find((directory) => existsSync(join(directory, `.s.PGSQL.${port}`)));
}

/** libpq's default user. A uid without an entry in the account list (some containers) has none. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    throw new ShipshapeError(
      [makeFinding('connection-string-invalid', { fault: 'it names no user, and this account has no name' })],
      { cause: error },
    );
  }
}
