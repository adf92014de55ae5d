// makeJudgePromise: did a migration, in its own transaction, make what the snapshot says it makes?
import type { Catalog, MigrationId, SealedTables } from '../catalog/index.ts';
import { lookForSeal } from '../introspect/seal-tables.ts';
import type { Migration } from '../migrate/migration.ts';
import type { Ask, ServerLook } from '../migrate/run-order.ts';
import type { PreparedState } from '../migrate/runner.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import { majorOf } from '../postgres/server-major.ts';
import type { OwnSession } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { staleAgainstMigrations } from '../snapshot/staleness.ts';
import { promisesOf } from './promised.ts';
import { isSealed, sealsOf } from './sealed.ts';
import { asTenant } from './tenant-home.ts';

/** Whether a migration made what it should, in its own transaction; asked by one run after each of its files. */
export type JudgePromise = Pick<Ask, 'promiseKept' | 'foresee'>;

/**
 * `migrations`: all files, in order. Reads only the tables that the migration has to do with. `tenant`: the schema that
 * has what the snapshot has in `public`; '' where they are the same.
 */
export function makeJudgePromise(
  kept: { readonly file: string; readonly snapshot: Snapshot },
  migrations: readonly Migration[],
  tenant: string,
): JudgePromise {
  const { file } = kept;
  const snapshot = asTenant(kept.snapshot, tenant);
  const promises = promisesOf(snapshot);
  const isCurrent = staleAgainstMigrations(snapshot, migrations).length === 0;
  const findStale = (migration: Migration): readonly Finding[] => {
    const reasons = isCurrent ? [] : staleUpTo(migration, migrations, snapshot);
    return reasons.length === 0 ? [] : [makeFinding('snapshot-stale', { file, reasons })];
  };
  const seals = tenant === '' ? sealsOf(snapshot) : new Map<MigrationId, SealedTables>();
  const sealOf = (work: OwnSession, { id }: Migration, promised: Catalog): SealedTables | null => {
    const sealed = majorOf(work.serverVersion) === snapshot.postgres ? seals.get(id) : undefined;
    return sealed !== undefined && isSealed(promised, sealed) ? sealed : null;
  };
  const lookAt = (work: OwnSession, sealed: SealedTables, clearing: number): ServerLook =>
    lookForSeal(work, sealed, { major: snapshot.postgres, clearing });
  return {
    foresee(work, migration) {
      const findings = findStale(migration);
      const promised = promises.get(migration.id);
      if (findings.length > 0 || promised === undefined) return { look: null, findings };
      const sealed = sealOf(work, migration, promised);
      if (sealed === null) return null;
      // Where it is not known what is prepared, all is prepared anew before the look.
      const clearing = ({ what, cleared }: PreparedState) => cleared + (what === 'unknown' ? 1 : 0);
      return { look: (prepared) => lookAt(work, sealed, clearing(prepared)), findings };
    },
    async promiseKept(runner, migration) {
      const findings = findStale(migration);
      const promised = promises.get(migration.id);
      if (findings.length > 0 || promised === undefined) return findings;
      const { work, pooled, prepared } = runner;
      const sealed = pooled || prepared.what === 'unknown' ? null : sealOf(work, migration, promised);
      if (sealed !== null && (await isAsSealed(work, lookAt(work, sealed, prepared.cleared)))) return [];
      const { lookAtPromise } = await import('./look-at-promise.ts');
      return lookAtPromise(runner, migration, { promised, snapshot, tenant });
    },
  };
}

/** Another seal, and where what was prepared is not there, or is there twice: a function may have cleared it away. */
const isUnsaid: ReadonlySet<string> = new Set([
  sqlstates.invalidTextRepresentation,
  sqlstates.invalidSqlStatementName,
  sqlstates.duplicatePreparedStatement,
]);

/** False where the server says otherwise, or cannot say: the transaction then goes on as it was. Throws DatabaseError. */
async function isAsSealed(work: OwnSession, { statements, abandon }: ServerLook): Promise<boolean> {
  try {
    await work.queryAll(statements.join(';\n'));
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !isUnsaid.has(error.sqlstate)) throw error;
    await work.query(abandon);
    return false;
  }
}

/** What the snapshot says of a file holds when that file and all before it are the ones it was made from. */
function staleUpTo(
  migration: Migration,
  migrations: readonly Migration[],
  snapshot: Snapshot,
): readonly string[] {
  const at = migrations.findIndex((each) => each.id === migration.id);
  const later = new Set(migrations.slice(at + 1).map((each) => each.id));
  const known = snapshot.migrations.filter((each) => !later.has(each.id));
  return staleAgainstMigrations({ ...snapshot, migrations: known }, migrations.slice(0, at + 1));
}
