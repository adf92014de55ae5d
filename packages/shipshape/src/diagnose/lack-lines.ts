// lackLines: whether the lines of the models have to be read for what is told.
import type { Finding } from '../report/index.ts';

/** Told of what only migrations make: no line of the models is about it. */
const ofMigrations = new Set<Finding['code']>(['unmapped-object', 'retired-column', 'gone-by-hand']);

export function lackLines(told: readonly Finding[]): boolean {
  return told.some(
    ({ code, address, origin }) => address !== undefined && origin === undefined && !ofMigrations.has(code),
  );
}
