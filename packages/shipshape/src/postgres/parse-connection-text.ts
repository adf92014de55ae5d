// The text of a connection string into libpq's parameters, as they are written: no defaults, no judgement of values.
import { makeFinding, ShipshapeError } from '../report/index.ts';

/**
 * Reads a URI or keyword/value string by the rules of libpq (manual 32.1.1; `fe-connect.c`: conninfo_parse,
 * conninfo_uri_parse). Not WHATWG's URL and not pg-connection-string, which is built on it: they lower-case, drop the
 * parts of a second `@`, know no keyword/value form and keep what libpq refuses.
 * Throws ShipshapeError (`connection-string-invalid`); the text itself is never repeated, it may hold a password.
 */
export function parseConnectionText(text: string): ReadonlyMap<string, string> {
  const scheme = /^postgres(?:ql)?:\/\//.exec(text);
  return scheme === null ? parseKeywords(text) : parseUri(text.slice(scheme[0].length));
}

function invalid(fault: string): ShipshapeError {
  return new ShipshapeError([makeFinding('connection-string-invalid', { fault })]);
}

function parseUri(rest: string): ReadonlyMap<string, string> {
  const [, user, password, hosts, database, query] =
    /^(?:([^:@/]*)(?::([^@/]*))?@)?((?:\[[^\]]*\]|[^/?[])*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest) ?? [];
  if (hosts === undefined) throw invalid('the part with the host is not well formed');
  // libpq would take what stands around a stray @, / or ? for host, port and database, and errors would show it.
  const strayed = `${hosts}/${database ?? ''}${user === undefined ? (query ?? '') : ''}`.includes('@');
  if (strayed || hosts.split(',').some((each) => !/^(\[.*\]|[^:]*)(:\d*)?$/s.test(each)))
    throw invalid(
      'host and port are not well formed (in a user name or password write @ as %40, : as %3A, / as %2F, ? as %3F; an IPv6 address stands in brackets)',
    );
  const values = new Map<string, string>();
  const keep = (name: string, value: string | undefined) => {
    if (value) values.set(name, decode(value, name));
  };
  keep('user', user);
  keep('password', password);
  keepHosts(hosts, keep);
  keep('dbname', database);
  for (const pair of query ? query.split('&') : []) {
    const [, key, value] = /^([^=]*)=([^=]*)$/.exec(pair) ?? [];
    if (key === undefined || value === undefined)
      throw invalid(
        'after "?" a parameter is not written as name=value (write & and = inside a value as %26 and %3D)',
      );
    const name = decode(key, 'a parameter');
    // JDBC's way of saying it, which libpq takes as well.
    if (name === 'ssl' && value === 'true') values.set('sslmode', 'require');
    else values.set(name, decode(value, name));
  }
  return values;
}

/** `a:1,b:2` becomes host `a,b` and port `1,2`, as libpq has it. */
function keepHosts(hosts: string, keep: (name: string, value: string) => void): void {
  const pairs = hosts.split(',').map((each) => {
    const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/s.exec(each) ?? [];
    return { host: bracketed ?? plain ?? '', port: port ?? '' };
  });
  const several = pairs.length > 1;
  if (several || pairs[0]?.host) keep('host', pairs.map((each) => each.host).join(','));
  if (pairs.some((each) => each.port)) keep('port', pairs.map((each) => each.port).join(','));
}

function decode(text: string, name: string): string {
  const broken = /%(?![0-9a-f]{2})/i.test(text);
  if (broken) throw invalid(`${name} holds a % that is no percent-encoding (write it as %25)`);
  if (text.includes('%00')) throw invalid(`${name} holds a zero byte`);
  const bytes = Buffer.from(
    text.replace(/%([0-9a-f]{2})|[^%]+/gi, (part, hex) => hex ?? Buffer.from(part).toString('hex')),
    'hex',
  );
  return bytes.toString('utf8');
}

function parseKeywords(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const setting =
    /\s*([^\s=]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?)(?=\s|$)\s*/gsy;
  while (setting.lastIndex < text.length) {
    const match = setting.exec(text);
    if (match === null)
      throw invalid(
        'it is neither a URI (postgres://user@host/database) nor a list of keywords (host=… dbname=…)',
      );
    values.set(match[1] as string, (match[2] ?? match[3] ?? '').replace(/\\(.)/gs, '$1'));
  }
  return values;
}
