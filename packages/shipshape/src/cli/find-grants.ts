// findGrants: what the roles of a project lack in its database.
import type { TableName } from '../catalog/index.ts';
import type { Grant } from '../deploy/grants/grant.ts';
import { readMissingGrants } from '../deploy/grants/missing-grants.ts';
import { makeNeed } from '../need/make-need.ts';
import type { Need } from '../need/need.ts';
import type { Session } from '../postgres/session.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Config } from './config.ts';
import { findSource } from './demand.ts';

export interface GrantsAsked {
  readonly snapshot: Snapshot | null;
  /** The connected role has something to apply. */
  readonly pending: boolean;
  /** The migrations are programs. */
  readonly programs: boolean;
  readonly foreignLedger: TableName | null;
}

export interface FoundGrants {
  readonly grants: readonly Grant[];
  /** False where an application's role is named, and neither a snapshot nor models say what its code needs. */
  readonly needKnown: boolean;
}

/**
 * Who names an application's role means to keep the two apart: then both are judged, always. Without one the connected
 * role is judged while it has something to apply. Throws ShipshapeError for models that cannot be read.
 */
export async function findGrants(session: Session, config: Config, asked: GrantsAsked): Promise<FoundGrants> {
  const { snapshot, pending, programs, foreignLedger } = asked;
  const { appRole, severities, replay } = config;
  const need = await findNeedOf(config, snapshot);
  const grants = await readMissingGrants(session, {
    appRole,
    migrated: snapshot?.catalog ?? null,
    need,
    migrates: appRole !== null || pending,
    ownSchema: !programs || replay !== null,
    foreignLedger,
    severities,
  });
  return { grants, needKnown: appRole === null || need !== null };
}

async function findNeedOf(config: Config, snapshot: Snapshot | null): Promise<Need | null> {
  if (snapshot !== null) return snapshot.need;
  if (config.appRole === null) return null;
  const source = await findSource(config);
  return source === null ? null : makeNeed(await source.declare({ origins: false, extent: 'needed' }));
}
