// The simulator speaks only to this machine: its traffic is made up and signed with a demo token.
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Throws RangeError when the URL is not http(s) or its host is not a loopback address or `localhost`. */
export function assertLoopback(url: URL): void {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const near = family === 0 ? host === 'localhost' : loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
  if (!near || !/^https?:$/.test(url.protocol)) {
    throw new RangeError(
      `${url.origin} is refused: the simulator calls only http(s) servers on this machine`,
    );
  }
}
