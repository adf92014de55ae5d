// explainFailure: why a migration was not applied, as the finding that says so.
import { DatabaseError } from '../postgres/database-error.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { isConnectionLost } from './connection-lost.ts';
import { whyLeaseLost } from './lease-loss.ts';
import type { Migration } from './migration.ts';
import { displayPlace, placeOf } from './place.ts';
import { type Scene, standOf } from './scene.ts';

/** Where in the file it happened. */
export interface Spot {
  /** Of the statement's first word. */
  readonly line: number;
  readonly text: string;
}

/** A fault that is none of PostgreSQL's and none of ours to explain comes back as it is. */
export async function explainFailure(
  scene: Scene,
  migration: Migration,
  spot: Spot | null,
  error: unknown,
): Promise<unknown> {
  const lost = isConnectionLost(error);
  if (error instanceof ShipshapeError && !lost) return error;
  const make = (finding: Finding) => new ShipshapeError([finding], { cause: error });
  const stand = standOf(scene.progress);
  if (scene.order.signal?.aborted === true)
    return make(
      makeFinding('migration-interrupted', { migration: migration.id, ...stand }, placeOf(migration, null)),
    );
  const reason = await whyLeaseLost(scene.lock, error);
  if (reason !== null) return make(makeFinding('lease-lost', { reason, ...stand }, placeOf(migration, null)));
  if (!(error instanceof DatabaseError || error instanceof ShipshapeError)) return error;
  const line = spot === null ? null : lineOf(spot, error);
  const data = {
    migration: migration.id,
    place: displayPlace(migration, line),
    message: messageOf(error),
    sqlstate: error instanceof DatabaseError ? error.sqlstate : null,
    cut: lost,
    ...stand,
  };
  return make(makeFinding('migration-failed', data, placeOf(migration, line)));
}

/** The server's position counts characters from 1 (manual 54.8, field P). */
function lineOf({ line, text }: Spot, error: unknown): number {
  if (!(error instanceof DatabaseError) || error.position === null) return line;
  const before = Array.from(text).slice(0, error.position - 1);
  return line + before.filter((character) => character === '\n').length;
}

/** With detail and hint, but without the values of rows: they may be anybody's number. */
function messageOf(error: DatabaseError | ShipshapeError): string {
  if (error instanceof ShipshapeError)
    return error.findings.map(({ what, because }) => `${what}: ${because}`).join('; ');
  const { message, detail, hint } = error;
  return [message, detail, hint]
    .filter((part) => part !== null)
    .map((part) => part.replace(/\.$/, ''))
    .join('; ')
    .replaceAll(/=\(.*?\)(?= |$|;)/g, '=(…)')
    .replaceAll(/Failing row contains \(.*\)/g, 'Failing row contains (…)');
}
