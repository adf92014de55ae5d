// The TLS side of a target: mode, trusted roots, client certificate.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { type Secret, type SslMode, sslModes, type Tls } from './target.ts';

/**
 * Reads what the parameters name (manual 32.19). A file that is named and cannot be read is a finding in every mode:
 * libpq would go on unverified under `require`, which nobody who named a root certificate means.
 * Throws ShipshapeError (`connection-value-invalid`, `tls-file-unreadable`, `root-certificate-missing`).
 */
export function readTls(value: (name: string) => string | undefined, home: string): Tls {
  const named = value('sslrootcert') || undefined;
  const mode = parseMode(value('sslmode') || (named === 'system' ? 'verify-full' : 'prefer'));
  if (named === 'system' && mode !== 'verify-full')
    throw invalid('sslmode', mode, 'verify-full, which sslrootcert=system asks for');
  const roots = named === 'system' ? 'system' : read(named, join(home, 'root.crt'), 'sslrootcert');
  if (roots === null && mode.startsWith('verify'))
    throw new ShipshapeError([
      makeFinding('root-certificate-missing', { mode, file: join(home, 'root.crt') }),
    ]);
  const certificate = read(value('sslcert') || undefined, join(home, 'postgresql.crt'), 'sslcert');
  const key = certificate && read(value('sslkey') || undefined, join(home, 'postgresql.key'), 'sslkey');
  const negotiation = value('sslnegotiation') || 'postgres';
  if (negotiation !== 'postgres' && negotiation !== 'direct')
    throw invalid('sslnegotiation', negotiation, 'postgres or direct');
  const direct = negotiation === 'direct';
  if (direct && ['disable', 'allow', 'prefer'].includes(mode))
    throw invalid('sslmode', mode, 'require, verify-ca or verify-full, which sslnegotiation=direct asks for');
  return {
    mode,
    roots,
    certificate,
    key: makeSecret(key),
    keyPassphrase: makeSecret(value('sslpassword') || null),
    direct,
  };
}

function makeSecret(text: string | null): Secret | null {
  return text === null ? null : () => text;
}

function parseMode(text: string): SslMode {
  const mode = sslModes.find((each) => each === text);
  if (mode === undefined) throw invalid('sslmode', text, sslModes.join(', '));
  return mode;
}

function invalid(name: string, value: string, expected: string): ShipshapeError {
  return new ShipshapeError([makeFinding('connection-value-invalid', { name, value, expected })]);
}

/** The file that was named, or the one at the usual place if there is one. */
function read(named: string | undefined, usual: string, parameter: string): string | null {
  const file = named ?? usual;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    if (named === undefined && (reason === 'ENOENT' || reason === 'ENOTDIR')) return null;
    throw new ShipshapeError([makeFinding('tls-file-unreadable', { parameter, file, reason })]);
  }
}
