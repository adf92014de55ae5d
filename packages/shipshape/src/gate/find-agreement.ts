// findAgreement: whether a database says of every table just what the scratch server said when the need was proved.
import { readSealed } from '../introspect/read-sealed.ts';
import type { SealedReading, SealedRelation } from '../introspect/reading.ts';
import type { Coverage } from '../need/shortfall.ts';
import type { Session } from '../postgres/session.ts';
import type { Seal, Seals } from '../snapshot/seals.ts';

export interface Agreement {
  readonly coverage: Coverage;
  readonly searchPath: readonly string[];
}

/** Null where anything is otherwise, which may still be all that the code needs: then the need has to be judged. */
export async function findAgreement(session: Session, seals: Seals): Promise<Agreement | null> {
  const tableNames = seals.relations.map(({ name }) => name);
  const ownSchemas = [...new Set(seals.relations.map(({ schema }) => schema))];
  const said = await readSealed(session, { tableNames, ownSchemas });
  const { searchPath } = said.server;
  return isSame(seals, said) ? { coverage: seals.coverage, searchPath } : null;
}

function isSame(seals: Seals, said: SealedReading): boolean {
  if (said.types !== seals.types || said.server.searchPath.join('\n') !== seals.searchPath.join('\n'))
    return false;
  const byName = new Map(said.relations.map((each) => [each.name, each]));
  // A name in two schemas: the search path decides which of them is meant.
  if (byName.size < said.relations.length) return false;
  return seals.relations.every((seal) => isUsable(seal, byName.get(seal.name)));
}

/** A view is needed for reading only. */
function isUsable({ schema, seal, kind }: Seal, found: SealedRelation | undefined): boolean {
  if (found === undefined || found.schema !== schema || found.seal !== seal) return false;
  const { usage, select, insert, update, delete: remove } = found.access;
  return usage && select && (kind !== 'table' || (insert && update && remove));
}
