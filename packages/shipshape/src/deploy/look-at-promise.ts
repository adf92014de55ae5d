// lookAtPromise: what a migration has made, read in its own transaction and held against what the snapshot says that it makes.
import { isDeepStrictEqual } from 'node:util';
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  indexByKey,
  quoteIdentifier,
  renderAddressKey,
  schemasOf,
} from '../catalog/index.ts';
import { acrossVersions, withoutInstalled } from '../compare/across-versions.ts';
import { renderSubject } from '../diagnose/naming.ts';
import { glanceInTransaction } from '../introspect/glance-in-transaction.ts';
import { readCatalogInTransaction } from '../introspect/read-catalog-in-transaction.ts';
import type { Migration } from '../migrate/migration.ts';
import type { Runner } from '../migrate/runner.ts';
import { renderAspect } from '../plan/change-thing.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type Broken, brokenPromises } from './broken-promises.ts';
import { home, ofTenant } from './tenant-home.ts';

export interface Promised {
  /** What the migration makes, as the snapshot has it. */
  readonly promised: Catalog;
  readonly snapshot: Snapshot;
  /** The schema that has what the snapshot has in `public`; '' where they are the same. */
  readonly tenant: string;
}

/** None where all of it is there. Reads only the tables that the migration has to do with. */
export async function lookAtPromise(
  { work, pooled }: Pick<Runner, 'work' | 'pooled'>,
  migration: Migration,
  { promised, snapshot, tenant }: Promised,
): Promise<readonly Finding[]> {
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
}

/** Nearly always they are the same to the letter, and to compare them costs a millisecond a file. */
function hasAll(live: Catalog, promised: Catalog): boolean {
  const found = indexByKey(live);
  return promised.objects.every((each) =>
    isDeepStrictEqual(found.get(renderAddressKey(addressOf(each))), each),
  );
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
