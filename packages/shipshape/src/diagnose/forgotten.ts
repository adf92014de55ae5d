// diagnoseForgotten: where the models and the migrations disagree, before any database is asked.
import {
  type Address,
  addressOf,
  type Catalog,
  type CatalogObject,
  type Declaration,
  type Enum,
  indexByKey,
  isRequired,
  type Kind,
  libraryTableOf,
  type MigrationId,
  makerOf,
  type Origin,
  type Provenance,
  parentOf,
  quoteIdentifier,
  quoteLiteral,
  renderAddress,
  renderAddressKey,
} from '../catalog/index.ts';
import type { Difference } from '../compare/difference.ts';
import type { Naming } from '../ddl/index.ts';
import { renderAspect } from '../plan/change-thing.ts';
import { renderReturn } from '../plan/create-thing.ts';
import type { Sides } from '../plan/sides.ts';
import { type Disagreement, type Finding, makeFinding, type Place, type Severity } from '../report/index.ts';
import { graveOf } from './forgotten-severity.ts';
import { renderSubject, renderTableOf } from './naming.ts';

/** Migrations make schemas and extensions for what is in them, and what is said about a thing is nobody's need. */
const untold: ReadonlySet<Kind> = new Set(['schema', 'extension', 'comment', 'owner', 'privilege']);

/** The file that would make it, and that its tool does not run. */
export interface Orphaned {
  readonly migration: MigrationId;
  /** As people click it. */
  readonly file: string;
  readonly tool: string;
  /** How to make the tool run it. */
  readonly adopt: string;
}

interface Side {
  readonly declaration: Declaration;
  readonly declared: ReadonlyMap<string, CatalogObject>;
  readonly migrated: ReadonlyMap<string, CatalogObject>;
  readonly provenance: Provenance;
  readonly sides: Sides;
  readonly naming: Naming;
  readonly madeBy: (difference: Difference) => Orphaned | null;
}

/**
 * `differences`: `compare(declared, migrated)`, the declared side as a server printed it. `madeBy`: the file that would
 * make an end of one of them.
 */
export function diagnoseForgotten(
  differences: readonly Difference[],
  declaration: Declaration,
  migrated: Catalog,
  provenance: Provenance = {},
  madeBy: (difference: Difference) => Orphaned | null = () => null,
): readonly Finding[] {
  const naming: Naming = { hidden: ['public'] };
  const side: Side = {
    declaration,
    declared: indexByKey(declaration.catalog),
    sides: { wanted: declaration.catalog, present: migrated, naming },
    migrated: indexByKey(migrated),
    provenance,
    naming,
    madeBy,
  };
  return differences.flatMap((difference) => {
    if (difference.kind === 'missing') return [tellMissing(difference, side)];
    if (difference.kind === 'unequal') return [tellUnequal(difference, side)];
    return tellUnexpected(difference.right, side);
  });
}

function tellMissing(difference: Extract<Difference, { kind: 'missing' }>, side: Side): Finding {
  const { address, left, renamedTo } = difference;
  const found = renamedTo === undefined ? null : renderAddress(renamedTo, side.naming.hidden);
  const data = { ...describe(address, side), found, declared: columnsOf(left) };
  const place = {
    address,
    aspect: 'existence',
    severity: graveOf(left, null, 'existence'),
    verdict: 'forgotten' as const,
    ...(found === null ? {} : { found }),
    ...originOf(address, side),
  };
  const orphaned = side.madeBy(difference);
  if (orphaned !== null) return tellOrphaned(data, orphaned, place);
  const sql = renderReturn(left, side.sides).join('\n');
  return makeFinding('forgotten-migration', { ...data, sql }, place);
}

function tellUnequal(difference: Extract<Difference, { kind: 'unequal' }>, side: Side): Finding {
  const { address, rightAddress, aspect, left, right } = difference;
  const object = side.declared.get(renderAddressKey(address));
  const from = side.migrated.get(renderAddressKey(rightAddress));
  const severity = object === undefined ? 'error' : graveOf(object, from ?? null, aspect);
  const data: Disagreement = {
    ...describe(address, side),
    aspect,
    found: right,
    ...(object?.kind === 'enum' && from?.kind === 'enum' && severity === 'error'
      ? { lack: 'missing label', declared: lackingLabels(object, from), sqlstate: '22P02' }
      : { lack: 'unequal', declared: left }),
  };
  const place = {
    address,
    aspect,
    severity,
    ...(left === null ? {} : { declared: left }),
    ...(right === null ? {} : { found: right }),
    ...originOf(address, side),
    ...makerIn(side, rightAddress, aspect),
  };
  if (severity === 'note') return makeFinding('harmless-difference', data, { ...place, verdict: 'agreed' });
  const orphaned = side.madeBy(difference);
  if (orphaned !== null) return tellOrphaned(data, orphaned, { ...place, verdict: 'forgotten' });
  const sql =
    object === undefined || from === undefined ? [] : renderAspect(object, aspect, from, side.sides);
  return makeFinding(
    'forgotten-migration',
    { ...data, sql: sql.join('\n') },
    { ...place, verdict: 'forgotten' },
  );
}

function tellOrphaned(
  data: Disagreement,
  { migration, ...orphaned }: Orphaned,
  place: Place & { readonly severity: Severity },
): Finding {
  return makeFinding('orphaned-migration', { ...data, ...orphaned }, { ...place, migration });
}

function tellUnexpected(object: CatalogObject, side: Side): readonly Finding[] {
  if (untold.has(object.kind)) return [];
  const address = addressOf(object);
  if (libraryTableOf(address) !== null) return [];
  const subject = renderSubject(address, side.naming);
  const made = makerIn(side, address);
  const place = { address, aspect: 'existence', verdict: 'agreed' as const, ...made };
  if (object.kind !== 'column') return [makeFinding('unmapped-object', { subject }, place)];
  const table = renderTableOf(address, side.naming);
  const data = {
    subject,
    table,
    name: quoteIdentifier(object.name),
    maker: made.migration ?? null,
    inMigrations: true,
  };
  if (!isRequired(object)) return [makeFinding('retired-column', data, place)];
  return [
    makeFinding('required-column-unknown', data, {
      address,
      aspect: 'nullability',
      found: 'not null without a default',
      verdict: 'forgotten',
      ...made,
      ...originOf(address, side),
    }),
  ];
}

function describe(address: Address, { naming }: Side): Disagreement {
  return {
    lack: 'missing',
    kind: address.kind,
    subject: renderSubject(address, naming),
    table: renderTableOf(address, naming),
    aspect: 'existence',
    declared: null,
    found: null,
    sqlstate: null,
    because: null,
  };
}

function makerIn(
  { provenance }: Side,
  address: Address,
  aspect?: string,
): { readonly migration?: MigrationId } {
  const migration = makerOf(provenance, renderAddressKey(address), aspect);
  return migration === null ? {} : { migration };
}

function lackingLabels(declared: Enum, migrated: Enum): string {
  return declared.labels
    .filter((label) => !migrated.labels.includes(label))
    .map(quoteLiteral)
    .join(', ');
}

function columnsOf(object: CatalogObject): string | null {
  return 'columns' in object && 'table' in object ? object.columns.map(quoteIdentifier).join(', ') : null;
}

/** A key or an index is declared where its table is, as far as nothing nearer is known. */
function originOf(address: Address, side: Side): { readonly origin?: Origin } {
  const parent = parentOf(address);
  const origin =
    side.declaration.origin[renderAddressKey(address)] ??
    (parent === null ? undefined : side.declaration.origin[renderAddressKey(parent)]);
  return origin === undefined ? {} : { origin };
}
