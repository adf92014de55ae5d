// chooseName: the name that PostgreSQL gives a constraint which was given none.
import { cutIdentifier } from './identifier.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

/**
 * `users_email_key`; the longer of table and columns is shortened until the whole has 63 bytes (makeObjectName in
 * indexcmds.c). `ending`: `pkey`, `key`, `fkey`, `check`. A number that tells apart what would be alike is not added.
 */
export function chooseName(table: string, columns: readonly string[], ending: string): string {
  let first = cutIdentifier(table);
  let second = columns.length === 0 ? null : cutIdentifier(columns.join('_'));
  const room = 63 - bytes(ending) - 1 - (second === null ? 0 : 1);
  while (bytes(first) + bytes(second ?? '') > room) {
    if (second === null || bytes(first) > bytes(second)) first = shorten(first);
    else second = shorten(second);
  }
  return [first, ...(second === null ? [] : [second]), ending].join('_');
}

function shorten(text: string): string {
  return Array.from(text).slice(0, -1).join('');
}
