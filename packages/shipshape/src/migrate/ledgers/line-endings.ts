// hasChecksum: whether a text has a checksum, were it with the line endings of another system.
import { createHash } from 'node:crypto';

/** git gives one file two forms; Prisma's own engine compares so as well (`checksum.rs`). `hex`: SHA-256. */
export function hasChecksum(text: string, hex: string): boolean {
  const unix = text.replaceAll('\r\n', '\n');
  return [text, unix, unix.replaceAll('\n', '\r\n')].some(
    (each) => createHash('sha256').update(each).digest('hex') === hex,
  );
}
