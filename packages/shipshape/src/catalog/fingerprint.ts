// One short word for a whole value: equal values give equal fingerprints.
import { createHash } from 'node:crypto';

/** `sha256:<hex>` of the value as canonical JSON (object keys sorted). */
export function fingerprint(value: unknown): string {
  return checksum(JSON.stringify(sortKeys(value)));
}

/** `sha256:<hex>` of bytes or text, of several as of one behind the other. */
export function checksum(...contents: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return `sha256:${hash.digest('hex')}`;
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
