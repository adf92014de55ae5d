// With and without TLS, in the order that sslmode asks for.
import type { ConnectionOptions } from 'node:tls';
import { sqlstates } from './sqlstate.ts';
import { isSocketDirectory, type Target, type Tls } from './target.ts';

export interface Attempt {
  /** Null: unencrypted. */
  readonly tls: ConnectionOptions | null;
  /** What makes the next attempt worth trying. */
  readonly next: 'nothing' | 'when TLS fails' | 'when the server wants TLS';
}

export type Taken = 'plain' | 'encrypted';

/**
 * Manual 32.19.1, table 32.1; a Unix socket never has TLS. `last`: what the server took before, where the mode leaves it the
 * choice: that comes first then.
 */
export function attemptsOf(target: Target, last?: Taken): readonly Attempt[] {
  const plain: Attempt = { tls: null, next: 'nothing' };
  if (isSocketDirectory(target.host)) return [plain];
  const encrypted: Attempt = { tls: makeTlsOptions(target.tls), next: 'nothing' };
  const plainFirst: readonly Attempt[] = [{ ...plain, next: 'when the server wants TLS' }, encrypted];
  const encryptedFirst: readonly Attempt[] = [{ ...encrypted, next: 'when TLS fails' }, plain];
  switch (target.tls.mode) {
    case 'disable':
      return [plain];
    case 'allow':
      return last === 'encrypted' ? encryptedFirst : plainFirst;
    case 'prefer':
      return last === 'plain' ? plainFirst : encryptedFirst;
    default:
      return [encrypted];
  }
}

function makeTlsOptions(tls: Tls): ConnectionOptions {
  return {
    // As libpq: whenever roots are known the chain is verified, the host's name only under verify-full.
    rejectUnauthorized: tls.roots !== null,
    ...(tls.roots === null || tls.roots === 'system' ? {} : { ca: tls.roots }),
    ...(tls.mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(tls.certificate === null ? {} : { cert: tls.certificate }),
    ...(tls.key === null ? {} : { key: tls.key() }),
    ...(tls.keyPassphrase === null ? {} : { passphrase: tls.keyPassphrase() }),
  };
}

/** True when the failure of this attempt says nothing about the next one. */
export function worthAnother(error: unknown, attempt: Attempt): boolean {
  const code = (error as { code?: unknown }).code;
  if (code === sqlstates.invalidAuthorization) return attempt.next !== 'nothing';
  return attempt.next === 'when TLS fails' && isTlsError(error);
}

/** An error of the handshake, by Node's and pg's own names for them. */
export function isTlsError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    isCertificateError(error) ||
    /SSL connection/.test(error.message) ||
    /^(ERR_SSL_|EPROTO)/.test(codeOf(error))
  );
}

/** Node's names for what is wrong with a certificate (its manual, "X509 certificate error codes"). */
export function isCertificateError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(ERR_TLS_CERT|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_CERT)/.test(
      codeOf(error),
    )
  );
}

function codeOf(error: Error): string {
  return String((error as { code?: unknown }).code ?? '');
}
