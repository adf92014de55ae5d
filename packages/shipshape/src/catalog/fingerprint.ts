// One short word for a whole value: equal values give equal fingerprints.
import { createHash, hash } from 'node:crypto';

/** `sha256:<hex>` of the value as canonical JSON (object keys sorted). */
export function fingerprint(value: unknown): string {
  return checksum(JSON.stringify(sortKeys(value)));
}

/** `sha256:<hex>` of bytes or text, of several as of one behind the other. */
export function checksum(first: string | Uint8Array, ...others: readonly (string | Uint8Array)[]): string {
  // Of many small ones each would make a stream.
  if (others.length === 0) return `sha256:${hash('sha256', first, 'hex')}`;
  const whole = createHash('sha256').update(first);
  for (const content of others) whole.update(content);
  return `sha256:${whole.digest('hex')}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
