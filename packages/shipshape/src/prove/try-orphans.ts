// tryOrphans: which disagreements would end if the files that nobody runs were run.
import { makerOf, renderAddressKey } from '../catalog/index.ts';
import { compare } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import type { Orphaned } from '../diagnose/forgotten.ts';
import type { Folder } from '../migrate/folder.ts';
import { displayPath } from '../migrate/place.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { ShipshapeError } from '../report/index.ts';
import { beginHistory } from './history.ts';
import type { Release } from './release.ts';
import { runFile } from './run-file.ts';

/**
 * Runs them on the migrated scratch database, one after another, in a transaction that is rolled back. One that does
 * not apply there explains nothing.
 */
export async function tryOrphans(
  { orphans, tool }: Folder,
  { declared, declaration, replay, database }: Release,
  differences: readonly Difference[],
): Promise<(difference: Difference) => Orphaned | null> {
  if (orphans.length === 0 || differences.every(({ kind }) => kind === 'unexpected')) return () => null;
  const ownSchemas = [
    ...new Set(declared.objects.flatMap((each) => ('schema' in each ? [each.schema] : []))),
  ];
  const history = beginHistory(database, ownSchemas, replay);
  await database.query('BEGIN');
  try {
    for (const orphan of orphans) if (await runIfItApplies(orphan, database)) await history.note(orphan.id);
  } finally {
    await database.query('ROLLBACK');
  }
  const left = new Set(
    compare(declared, history.catalog, { silence: declaration.silence }).map(differenceKey),
  );
  return (difference) => {
    if (left.has(differenceKey(difference))) return null;
    const [address, aspect] =
      difference.kind === 'unequal' ? [difference.rightAddress, difference.aspect] : [difference.address];
    const maker = makerOf(history.provenance, renderAddressKey(address), aspect);
    const orphan = orphans.find(({ id }) => id === maker);
    if (orphan === undefined) return null;
    const { id, file, adopt } = orphan;
    return { migration: id, file: displayPath(file), tool: tool ?? 'its tool', adopt };
  };
}

async function runIfItApplies(orphan: Folder['orphans'][number], session: Session): Promise<boolean> {
  await session.query('SAVEPOINT orphan');
  try {
    await runFile(orphan, session, 'all files', []);
    await session.query('RELEASE SAVEPOINT orphan');
    return true;
  } catch (error) {
    const cause = error instanceof ShipshapeError ? error.cause : error;
    if (!(cause instanceof DatabaseError)) throw error;
    // A file that ends the transaction itself takes the savepoint with it: then all is over.
    await session.query('ROLLBACK TO SAVEPOINT orphan').catch(() => undefined);
    return false;
  }
}

/** One word for what a difference is about. */
function differenceKey(difference: Difference): string {
  const aspect = difference.kind === 'unequal' ? difference.aspect : difference.kind;
  return `${renderAddressKey(difference.address)}#${aspect}`;
}
