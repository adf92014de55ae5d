// diagnoseDrift: what applied migrations made and hands have changed since, where no code minds.
import {
  type Address,
  addressOf,
  type Catalog,
  type CatalogObject,
  indexByKey,
  type LedgerEntry,
  makeCatalog,
  makerOf,
  renderAddressKey,
} from '../catalog/index.ts';
import { compare } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import { appliedIds, type Migrated, newerThanAll } from './migrated.ts';
import { type Naming, renderSubject } from './naming.ts';
import { renderAspect, renderReturn } from './repair-sql.ts';

export interface DriftInput {
  readonly migrated: Migrated;
  readonly ledger: readonly LedgerEntry[] | null;
  /** Read whole: what is outside a limited reading would seem to be gone. */
  readonly live: Catalog;
  readonly searchPath: readonly string[];
  /** What has been diagnosed already is not told again. */
  readonly told: readonly Finding[];
}

/** Notes only. Nothing when the database is ahead: a newer migration may have made every difference. */
export function diagnoseDrift({ migrated, ledger, live, searchPath, told }: DriftInput): readonly Finding[] {
  if (newerThanAll(migrated.migrations, ledger ?? []).length > 0) return [];
  const naming: Naming = { hidden: searchPath };
  const applied = appliedIds(ledger);
  const known = new Set(
    told.flatMap(({ address }) => (address === undefined ? [] : [renderAddressKey(address)])),
  );
  const isApplied = (address: Address, aspect?: string) => {
    const maker = makerOf(migrated.provenance, renderAddressKey(address), aspect);
    return maker !== null && applied.has(maker);
  };
  const made = makeCatalog(migrated.catalog.objects.filter((object) => isApplied(addressOf(object))));
  const sides = { made: indexByKey(made), live: indexByKey(live) };
  return compare(made, live)
    .filter((each) => !known.has(renderAddressKey(each.address)))
    .flatMap((each) => {
      if (each.kind === 'unexpected') return [];
      const aspect = each.kind === 'missing' ? undefined : each.aspect;
      if (!isApplied(each.address, aspect)) return [];
      return [tell(each, migrated, sides, naming)];
    });
}

function tell(
  difference: Exclude<Difference, { kind: 'unexpected' }>,
  { catalog, provenance }: Migrated,
  sides: {
    readonly made: ReadonlyMap<string, CatalogObject>;
    readonly live: ReadonlyMap<string, CatalogObject>;
  },
  naming: Naming,
): Finding {
  const { address } = difference;
  const aspect = difference.kind === 'missing' ? 'existence' : difference.aspect;
  const migration = makerOf(
    provenance,
    renderAddressKey(address),
    difference.kind === 'missing' ? undefined : difference.aspect,
  );
  const sql =
    difference.kind === 'missing'
      ? renderReturn(difference.left, catalog, naming)
      : renderUnequal(difference, sides.made, sides.live, catalog, naming);
  return makeFinding(
    'gone-by-hand',
    { subject: renderSubject(address, naming), aspect, migration, sql: sql.join('\n') },
    {
      address,
      aspect,
      verdict: 'drifted',
      ...(migration === null ? {} : { migration }),
      ...(difference.kind === 'unequal' && difference.right !== null ? { found: difference.right } : {}),
    },
  );
}

function renderUnequal(
  difference: Extract<Difference, { kind: 'unequal' }>,
  made: ReadonlyMap<string, CatalogObject>,
  live: ReadonlyMap<string, CatalogObject>,
  catalog: Catalog,
  naming: Naming,
): readonly string[] {
  const object = made.get(renderAddressKey(difference.address));
  const from = live.get(renderAddressKey(difference.rightAddress));
  return object === undefined || from === undefined
    ? []
    : renderAspect(object, difference.aspect, catalog, naming, from);
}
