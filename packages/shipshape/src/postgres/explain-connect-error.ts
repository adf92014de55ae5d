// Why a connection could not be made, as a finding.
import { type Finding, makeFinding } from '../report/index.ts';
import { sqlstates } from './sqlstate.ts';
import { isSocketDirectory, type Target } from './target.ts';
import { isCertificateError, isTlsError } from './tls-attempts.ts';

/** Older ones have no maintainers any more, and other catalogues. */
export const oldestMajor = 14;

/** The server asked for a password that nobody gave. */
export class PasswordAbsent extends Error {}

/** The server offered no login bound to the TLS channel. */
export class ChannelNotBound extends Error {}

/** The server is of a version whose catalogues we do not know; `version` as it said it. */
export class ServerTooOld extends Error {
  readonly version: string;

  constructor(version: string) {
    super(`PostgreSQL ${version}`);
    this.version = version;
  }
}

/** Every error of an attempt to connect is one of the findings of connection, all of them exit 4. */
export function explainConnectError(error: unknown, target: Target): Finding {
  const to = target.display;
  const message = error instanceof Error ? error.message : String(error);
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const password = { target: to, user: target.user, ignoredFile: target.passwordFileIgnored };
  if (error instanceof PasswordAbsent)
    return makeFinding('password-refused', { ...password, given: false, message: 'a password is required' });
  if (error instanceof ChannelNotBound) return makeFinding('channel-binding-refused', { target: to });
  if (error instanceof ServerTooOld)
    return makeFinding('server-too-old', { target: to, version: error.version, oldest: oldestMajor });
  if (isCertificateError(error))
    return makeFinding('certificate-refused', {
      target: to,
      mode: target.tls.mode,
      reason: `${message} (${code})`,
    });
  if (isTlsError(error))
    return makeFinding('tls-refused', { target: to, mode: target.tls.mode, reason: lowerFirst(message) });
  switch (code) {
    case sqlstates.invalidPassword:
      return makeFinding('password-refused', { ...password, given: target.password !== null, message });
    case sqlstates.invalidAuthorization:
    case sqlstates.insufficientPrivilege:
      return makeFinding('login-refused', { target: to, user: target.user, message });
    case sqlstates.invalidCatalogName:
      return makeFinding('database-missing', { target: to, database: target.database });
    case sqlstates.tooManyConnections:
      return makeFinding('too-many-connections', { target: to, message });
    case sqlstates.cannotConnectNow:
      return makeFinding('server-not-ready', { target: to, message });
  }
  if (/^[0-9A-Z]{5}$/.test(code))
    return makeFinding('connection-refused', { target: to, message, sqlstate: code });
  const where = isSocketDirectory(target.host)
    ? `${target.host}/.s.PGSQL.${target.port}`
    : `${target.host}:${target.port}`;
  return makeFinding('server-unreachable', { target: to, where, reason: reasonOf(code, message, where) });
}

function reasonOf(code: string, message: string, where: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${where}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host name of ${where} is not known (${code})`;
    case 'ENOENT':
      return `there is no socket ${where}`;
    case 'EACCES':
      return `this account may not use the socket ${where}`;
    case 'ECONNRESET':
      return `${where} cut the connection`;
  }
  if (message === 'timeout expired' || code === 'ETIMEDOUT') return `${where} did not answer in time`;
  return `${message}${code && ` (${code})`}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
