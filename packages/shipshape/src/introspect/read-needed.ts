// readNeeded: as much of a live database as a need is judged by, for processes that wait for it to start.
import type { Session } from '../postgres/session.ts';
import { assembleNeeded } from './assemble/needed.ts';
import { askInOneMessage } from './in-one-message.ts';
import type { Dialect } from './queries/dialect.ts';
import { type Family, packFacts, plainFacts } from './queries/family.ts';
import {
  arbiters,
  neededColumns,
  neededTypes,
  packedColumns,
  packedDefaults,
  typesOfColumns,
} from './queries/needed.ts';
import { commonRelations, isUncommon, relations } from './queries/relations.ts';
import type { NeededReading, NeededScope } from './reading.ts';

const others = [packedColumns, packedDefaults, typesOfColumns, arbiters, neededTypes];

/**
 * Reads as `readCatalog` does, save what no need asks about, and in one message. `packed`: for a process that has just begun
 * and is busy with something else, which gets less to take apart, and the server more to do. Throws what `readCatalog` throws.
 */
export async function readNeeded(
  session: Session,
  scope: NeededScope = {},
  packed = false,
): Promise<NeededReading> {
  const common = await askInOneMessage(session, scope, {
    facts: factsOf([commonRelations, ...others], packed),
    packed,
    assemble: (facts, server) => (facts.some(isUncommon) ? undefined : assembleNeeded(facts, server)),
  });
  if (common !== undefined) return common;
  return askInOneMessage(session, scope, {
    facts: factsOf([relations, ...others], packed),
    packed,
    assemble: assembleNeeded,
  });
}

const factsOf =
  (families: readonly Family<unknown>[], packed: boolean) =>
  (ours: string, dialect: Dialect): string => {
    const facts = packed ? packFacts(families, dialect) : plainFacts(families, dialect);
    return `${ours},${neededColumns}${facts}`;
  };
