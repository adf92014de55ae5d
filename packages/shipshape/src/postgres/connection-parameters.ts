// Which parameters libpq knows, the variable each may come from, and what we do with it.

export interface Parameter {
  readonly environment?: string;
  /**
   * Left out: carried out. A list: only these values, because they ask for what happens here anyway; with none,
   * the parameter is refused. `'any'`: has no bearing on what a connection of ours may do.
   */
  readonly accepts?: readonly string[] | 'any';
}

const off = ['0', 'false', 'off', 'no'] as const;

/** PostgreSQL manual 32.1.2 (parameter key words) and 32.15 (environment variables), version 18. */
export const connectionParameters: Readonly<Record<string, Parameter>> = {
  application_name: { environment: 'PGAPPNAME' },
  channel_binding: { environment: 'PGCHANNELBINDING' },
  client_encoding: { environment: 'PGCLIENTENCODING', accepts: ['utf8', 'utf-8', 'unicode', 'auto'] },
  connect_timeout: { environment: 'PGCONNECT_TIMEOUT' },
  dbname: { environment: 'PGDATABASE' },
  fallback_application_name: {},
  gssdelegation: { environment: 'PGGSSDELEGATION', accepts: off },
  gssencmode: { environment: 'PGGSSENCMODE', accepts: ['disable', 'prefer'] },
  gsslib: { environment: 'PGGSSLIB', accepts: 'any' },
  host: { environment: 'PGHOST' },
  hostaddr: { environment: 'PGHOSTADDR', accepts: [] },
  keepalives: { accepts: 'any' },
  keepalives_count: { accepts: 'any' },
  keepalives_idle: { accepts: 'any' },
  keepalives_interval: { accepts: 'any' },
  krbsrvname: { environment: 'PGKRBSRVNAME', accepts: 'any' },
  load_balance_hosts: { environment: 'PGLOADBALANCEHOSTS', accepts: ['disable'] },
  max_protocol_version: { environment: 'PGMAXPROTOCOLVERSION', accepts: 'any' },
  min_protocol_version: { environment: 'PGMINPROTOCOLVERSION', accepts: ['3.0'] },
  options: { environment: 'PGOPTIONS' },
  passfile: { environment: 'PGPASSFILE' },
  password: { environment: 'PGPASSWORD' },
  port: { environment: 'PGPORT' },
  replication: { accepts: off },
  require_auth: { environment: 'PGREQUIREAUTH', accepts: [] },
  requirepeer: { environment: 'PGREQUIREPEER', accepts: [] },
  requiressl: { environment: 'PGREQUIRESSL', accepts: [] },
  scram_client_key: { accepts: [] },
  scram_server_key: { accepts: [] },
  service: { environment: 'PGSERVICE', accepts: [] },
  servicefile: { environment: 'PGSERVICEFILE', accepts: 'any' },
  sslcert: { environment: 'PGSSLCERT' },
  sslcertmode: { environment: 'PGSSLCERTMODE', accepts: ['allow'] },
  sslcompression: { environment: 'PGSSLCOMPRESSION', accepts: off },
  sslcrl: { environment: 'PGSSLCRL', accepts: [] },
  sslcrldir: { environment: 'PGSSLCRLDIR', accepts: [] },
  sslkey: { environment: 'PGSSLKEY' },
  sslkeylogfile: { accepts: [] },
  ssl_max_protocol_version: { environment: 'PGSSLMAXPROTOCOLVERSION', accepts: ['tlsv1.3'] },
  ssl_min_protocol_version: {
    environment: 'PGSSLMINPROTOCOLVERSION',
    accepts: ['tlsv1', 'tlsv1.1', 'tlsv1.2'],
  },
  sslmode: { environment: 'PGSSLMODE' },
  sslnegotiation: { environment: 'PGSSLNEGOTIATION' },
  sslpassword: {},
  sslrootcert: { environment: 'PGSSLROOTCERT' },
  sslsni: { environment: 'PGSSLSNI', accepts: ['1'] },
  target_session_attrs: { environment: 'PGTARGETSESSIONATTRS', accepts: ['any'] },
  tcp_user_timeout: { accepts: 'any' },
  user: { environment: 'PGUSER' },
};
