// readSealed: what the server makes, in one word a table, of all that a need would be judged by.
import type { Session } from '../postgres/session.ts';
import { groupRows } from './assemble/rows.ts';
import { askInOneMessage } from './in-one-message.ts';
import { plainFacts } from './queries/family.ts';
import { parseAccess, relationKinds } from './queries/relations.ts';
import { sealedParts, sealOfTypes, seals } from './queries/seals.ts';
import type { NeededScope, SealedReading } from './reading.ts';

/**
 * Two tables with one seal are one to every need, whatever servers they are on. Two seals say nothing: versions of
 * PostgreSQL may print one thing in two ways. Throws what `readCatalog` throws.
 */
export function readSealed(session: Session, scope: NeededScope = {}): Promise<SealedReading> {
  return askInOneMessage(session, scope, {
    packed: false,
    facts: (ours, dialect) => `${ours},${sealedParts(dialect)}${plainFacts([seals, sealOfTypes], dialect)}`,
    assemble: (facts, server) => {
      const rows = groupRows(facts);
      return {
        server,
        types: rows(sealOfTypes)[0] as string,
        relations: rows(seals).map(({ schema, name, kind, rights, seal }) => ({
          kind: relationKinds[kind],
          schema,
          name,
          access: parseAccess(rights, null),
          seal,
        })),
      };
    },
  });
}
