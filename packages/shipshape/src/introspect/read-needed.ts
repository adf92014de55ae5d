// readNeeded: as much of a live database as a need is judged by, for processes that wait for it to start.
import type { Session } from '../postgres/session.ts';
import { assembleNeeded } from './assemble/needed.ts';
import { askInOneMessage } from './in-one-message.ts';
import {
  arbiters,
  neededColumns,
  neededTypes,
  packedColumns,
  packedDefaults,
  typesOfColumns,
} from './queries/needed.ts';
import { relations } from './queries/relations.ts';
import type { NeededReading, NeededScope } from './reading.ts';

const families = [relations, packedColumns, packedDefaults, typesOfColumns, arbiters, neededTypes];

/** Reads as `readCatalog` does, save what no need asks about, and in one message. Throws what `readCatalog` throws. */
export function readNeeded(session: Session, scope: NeededScope = {}): Promise<NeededReading> {
  return askInOneMessage(session, scope, {
    facts: (ours, dialect) =>
      `${ours},${neededColumns}${families.map((each) => each.sql(dialect)).join('\n  UNION ALL')}`,
    assemble: assembleNeeded,
  });
}
