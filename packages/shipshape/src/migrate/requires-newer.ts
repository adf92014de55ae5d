// requiresNewer: a file whose header asks for a newer server.
import { type Finding, makeFinding } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { placeOf } from './place.ts';

/** A server that does not say what it is (null) will tell at the statement that it cannot. */
export function requiresNewer(migration: Migration, major: number | null): readonly Finding[] {
  const wanted = migration.header?.requires ?? null;
  if (wanted === null || major === null || major >= wanted) return [];
  const data = { migration: migration.id, wanted, found: major };
  return [makeFinding('migration-requires-newer', data, placeOf(migration, null))];
}
