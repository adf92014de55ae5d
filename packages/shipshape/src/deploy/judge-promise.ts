// makeJudgePromise: did a migration, in its own transaction, make what the snapshot says it makes?
import { isDeepStrictEqual } from 'node:util';
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  indexByKey,
  type MigrationId,
  quoteIdentifier,
  renameSchema,
  renameSchemaInTexts,
  renderAddressKey,
  type SealedTables,
  schemaOf,
  schemasOf,
} from '../catalog/index.ts';
import { acrossVersions, withoutInstalled } from '../compare/across-versions.ts';
import { renderSubject } from '../diagnose/naming.ts';
import { glanceInTransaction } from '../introspect/glance-in-transaction.ts';
import { readCatalogInTransaction } from '../introspect/read-catalog-in-transaction.ts';
import { lookForSeal } from '../introspect/seal-tables.ts';
import type { Migration } from '../migrate/migration.ts';
import type { Ask } from '../migrate/run-order.ts';
import { renderAspect } from '../plan/change-thing.ts';
import { majorOf } from '../postgres/server-major.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { staleAgainstMigrations } from '../snapshot/staleness.ts';
import { explainMissing } from './explain-missing.ts';
import { type Broken, brokenPromises, promisesOf } from './promised.ts';
import { isSealed, sealsOf } from './sealed.ts';

/** Whether a migration made what it should, in its own transaction; asked by one run after each of its files. */
export type JudgePromise = Pick<Ask, 'promiseKept' | 'foresee'>;

/**
 * `migrations`: all files, in order. Reads only the tables that the migration has to do with. `tenant`: the schema that
 * has what the snapshot has in `public`; '' where they are the same.
 */
export function makeJudgePromise(
  kept: SnapshotReading,
  migrations: readonly Migration[],
  tenant: string,
): JudgePromise {
  if (kept.kind === 'missing') return unverified([explainMissing(kept.file)]);
  const { file } = kept;
  const snapshot = asTenant(kept.snapshot, tenant);
  const promises = promisesOf(snapshot);
  const isCurrent = staleAgainstMigrations(snapshot, migrations).length === 0;
  const findStale = (migration: Migration): readonly Finding[] => {
    const reasons = isCurrent ? [] : staleUpTo(migration, migrations, snapshot);
    return reasons.length === 0 ? [] : [makeFinding('snapshot-stale', { file, reasons })];
  };
  const seals = tenant === '' ? sealsOf(snapshot) : new Map<MigrationId, SealedTables>();
  const foresee: JudgePromise['foresee'] = ({ work, prepared }, migration) => {
    const findings = findStale(migration);
    const promised = promises.get(migration.id);
    if (findings.length > 0 || promised === undefined) return { look: null, findings };
    const sealed = seals.get(migration.id);
    if (sealed === undefined || majorOf(work.serverVersion) !== snapshot.postgres) return null;
    if (!isSealed(promised, sealed)) return null;
    // Where it is not known what is prepared, all is prepared anew before the look.
    const clearing = prepared.cleared + (prepared.what === 'unknown' ? 1 : 0);
    return { look: lookForSeal(work, sealed, { major: snapshot.postgres, clearing }), findings };
  };
  const promiseKept: JudgePromise['promiseKept'] = async ({ work, pooled }, migration) => {
    const findings = findStale(migration);
    const promised = promises.get(migration.id);
    if (findings.length > 0 || promised === undefined) return findings;
    const tableNames = [...new Set(promised.objects.flatMap(tableOf))];
    const schemas = schemasOf(promised).map((each) => (tenant !== '' && each === home ? tenant : each));
    const kinds = new Set(promised.objects.map(({ kind }) => kind));
    const broken = (catalog: Catalog) => brokenPromises(promised, catalog, snapshot, migration.id);
    // Nothing is prepared in a session that is lent to others by and by.
    if (!pooled) {
      const seen = ofTenant(await glanceInTransaction(work, { tableNames, schemas, kinds }), tenant);
      if (hasAll(seen, promised) || broken(seen).length === 0) return [];
    }
    const scope = { tableNames, ownSchemas: schemas, kinds };
    const { server, catalog } = await readCatalogInTransaction(work, scope);
    const live = ofTenant(catalog, tenant);
    const { major } = server;
    const searchPath = tenant === '' ? server.searchPath : [...server.searchPath, home];
    const { told, unsaid } = acrossVersions(
      withoutInstalled(broken(live)),
      [snapshot.catalog, live],
      [snapshot.postgres, major],
    );
    return [
      ...told.map((each) => explainBroken(each, migration, snapshot, live, { searchPath, tenant })),
      ...(unsaid.length === 0 ? [] : [explainUnsaid(unsaid, migration, snapshot, major, searchPath)]),
    ];
  };
  return { promiseKept, foresee };
}

const unverified = (findings: readonly Finding[]): JudgePromise => ({
  promiseKept: async () => findings,
  foresee: () => ({ look: null, findings }),
});

/** Nearly always they are the same to the letter, and to compare them costs a millisecond a file. */
function hasAll(live: Catalog, promised: Catalog): boolean {
  const found = indexByKey(live);
  return promised.objects.every((each) =>
    isDeepStrictEqual(found.get(renderAddressKey(addressOf(each))), each),
  );
}

/** Where a folder is replayed, what it makes lands here. */
const home = 'public';

/** What a tenant's name means in a view (an alias), it means on both sides. */
function asTenant(snapshot: Snapshot, tenant: string): Snapshot {
  if (tenant === '' || tenant === home) return snapshot;
  return { ...snapshot, catalog: renameSchemaInTexts(snapshot.catalog, tenant, home) };
}

/** The tenant's schema in the place of `public`, whose own things are nobody's promise here. */
function ofTenant(catalog: Catalog, tenant: string): Catalog {
  if (tenant === '' || tenant === home) return catalog;
  const objects = catalog.objects.filter((object) => schemaOf(addressOf(object)) !== home);
  return renameSchema({ objects }, tenant, home);
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

function tableOf(object: CatalogObject): readonly string[] {
  const address = addressOf(object);
  const thing = 'on' in address ? address.on : address;
  if ('table' in thing) return [thing.table];
  return 'name' in thing ? [thing.name] : [];
}

/** One for all of a file. */
function explainUnsaid(
  unsaid: readonly Broken[],
  { id }: Migration,
  { postgres }: Snapshot,
  major: number,
  searchPath: readonly string[],
): Finding {
  const subjects = unsaid.map(({ address }) => renderSubject(address, { hidden: searchPath }));
  const data = { migration: id, subjects: [...new Set(subjects)], snapshot: postgres, live: major };
  return makeFinding('printed-by-another-major', data, { migration: id });
}

function explainBroken(
  difference: Broken,
  { id, rule }: Migration,
  snapshot: Snapshot,
  live: Catalog,
  { searchPath, tenant }: { readonly searchPath: readonly string[]; readonly tenant: string },
): Finding {
  const naming = { hidden: searchPath };
  const { address } = difference;
  const subject = renderSubject(address, naming);
  const place = { address, migration: id };
  const inSteps = rule !== 'each file';
  if (difference.kind === 'missing') {
    const data = { migration: id, subject, aspect: null, expected: null, found: null, sql: [], inSteps };
    return makeFinding('migration-promise-broken', data, { ...place, aspect: 'existence' });
  }
  const { aspect, left: expected, right: found, rightAddress } = difference;
  const wanted = indexByKey(snapshot.catalog).get(renderAddressKey(address));
  const from = indexByKey(live).get(renderAddressKey(rightAddress));
  const sql =
    wanted === undefined || from === undefined
      ? []
      : renderAspect(wanted, aspect, from, { wanted: snapshot.catalog, present: live, naming });
  const there =
    tenant === '' || sql.length === 0 ? [] : [`SET search_path TO ${quoteIdentifier(tenant)}, ${home};`];
  return makeFinding(
    'migration-promise-broken',
    { migration: id, subject, aspect, expected, found, sql: [...there, ...sql], inSteps },
    { ...place, aspect, declared: expected ?? 'none', found: found ?? 'none' },
  );
}
