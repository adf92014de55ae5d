// Target: which database, reached how, as whom.

/** A function, so that nothing that prints or serialises a target shows what it holds. */
export type Secret = () => string;

/** Meanings as in the PostgreSQL manual, table 32.1 (libpq, "SSL Support"). */
export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

export interface Tls {
  readonly mode: SslMode;
  /** PEM of the certificates to trust, `'system'` for the ones that Node trusts, or null: nobody is verified. */
  readonly roots: string | null;
  /** The client's own certificate (PEM) and its key. */
  readonly certificate: string | null;
  readonly key: Secret | null;
  readonly keyPassphrase: Secret | null;
  /** True when TLS begins at once, without asking first (`sslnegotiation=direct`). */
  readonly direct: boolean;
}

export interface Target {
  /** A host name, an address, or (it begins with a slash) the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Secret | null;
  /** A password file that is there and may not be used, with the reason: libpq ignores it too. */
  readonly passwordFileIgnored: string | null;
  readonly tls: Tls;
  /** True when the login must be bound to the TLS channel (`channel_binding=require`). */
  readonly channelBinding: boolean;
  /** Seconds; 0 waits for ever; null leaves it to who connects. */
  readonly connectTimeout: number | null;
  readonly applicationName: string | null;
  /** Command-line options for the server: `-c search_path=calls`. */
  readonly options: string | null;
  /** `postgres://app@db/calls`: for people, never with the password. */
  readonly display: string;
}

export function isSocketDirectory(host: string): boolean {
  return host.startsWith('/');
}

/** `postgres://app@db:5433/calls`, `postgres://app@/calls?host=/run/postgresql`. */
export function displayTarget(target: Pick<Target, 'host' | 'port' | 'database' | 'user'>): string {
  const user = encodeURIComponent(target.user);
  const database = encodeURIComponent(target.database);
  const port = target.port === 5432 ? '' : String(target.port);
  if (isSocketDirectory(target.host))
    return `postgres://${user}@/${database}?host=${target.host}${port && `&port=${port}`}`;
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return `postgres://${user}@${host}${port && `:${port}`}/${database}`;
}
