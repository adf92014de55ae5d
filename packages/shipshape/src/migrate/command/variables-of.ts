// variablesOf: how another program is told which database it is to use.
import { isSocketDirectory, type Target } from '../../postgres/target.ts';

export type Address = Pick<Target, 'host' | 'port' | 'user' | 'database' | 'tls'> & {
  readonly password: string | null;
};

/** DATABASE_URL and libpq's variables. */
export function variablesOf({
  host,
  port,
  user,
  database,
  password,
  tls,
}: Address): Readonly<Record<string, string>> {
  const [name, secret, base] = [user, password ?? '', database].map(encodeURIComponent);
  const isSocket = isSocketDirectory(host);
  const at = isSocket ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const parameters = [
    // Takes the place of the name before it, for who knows sockets.
    ...(isSocket ? [`host=${encodeURIComponent(host)}`] : []),
    // Left out where it is libpq's own: some drivers take every mode for "verify".
    ...(tls.mode === 'prefer' ? [] : [`sslmode=${tls.mode}`]),
  ];
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return {
    DATABASE_URL: `postgres://${name}${password === null ? '' : `:${secret}`}@${at}:${port}/${base}${query}`,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGDATABASE: database,
    ...(password === null ? {} : { PGPASSWORD: password }),
  };
}
