// staleness: in which ways a snapshot belongs to another state of the project.
import { fingerprint } from '../catalog/index.ts';
import type { ColumnNeed, Need, UniqueKeyNeed } from '../need/need.ts';
import { withoutSchema } from '../need/type-name.ts';
import { withoutOrigins } from './fingerprint-of.ts';
import type { Snapshot, SnapshotMigration } from './snapshot.ts';

/** Reasons in words, empty when the snapshot has just these migrations. */
export function staleAgainstMigrations(
  snapshot: Snapshot,
  files: readonly SnapshotMigration[],
): readonly string[] {
  const known = new Map(snapshot.migrations.map((each) => [each.id, each.checksum]));
  const present = new Set(files.map((each) => each.id));
  return [
    ...files.filter((each) => !known.has(each.id)).map((each) => `it does not know ${each.id}`),
    ...files
      .filter((each) => known.has(each.id) && known.get(each.id) !== each.checksum)
      .map((each) => `${each.id} was edited since`),
    ...snapshot.migrations
      .filter((each) => !present.has(each.id))
      .map((each) => `${each.id} is gone from the folder`),
  ];
}

/**
 * Reasons in words, empty when the models need what they needed then. Defaults are left out, and the schema of a type
 * (`public.citext`, `citext`): only a server can say how it prints them, and at start none has been asked.
 */
export function staleAgainstNeed(snapshot: Snapshot, need: Need): readonly string[] {
  const before = tableFingerprints(snapshot.need);
  const now = tableFingerprints(need);
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== now.get(name))
    .sort()
    .map((name) => `the models changed ${name}`);
}

function tableFingerprints(need: Need): ReadonlyMap<string, string> {
  const { tables, enums } = withoutOrigins(need);
  return new Map([
    ...tables.map(
      (table) =>
        [
          `${table.schema}.${table.name}`,
          fingerprint({
            ...table,
            columns: inOrder(table.columns.map(withoutSpelling), ({ name }) => name),
            uniqueKeys: inOrder(table.uniqueKeys.map(withSortedColumns), ({ columns }) => columns.join('\0')),
          }),
        ] as const,
    ),
    ...enums.map((each) => [`enum ${each.schema}.${each.name}`, fingerprint(each)] as const),
  ]);
}

/** Of models that are only judged nobody has put in order what is in a table. */
function inOrder<Each>(list: readonly Each[], textOf: (each: Each) => string): readonly Each[] {
  return list.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
}

function withSortedColumns(key: UniqueKeyNeed): UniqueKeyNeed {
  return { ...key, columns: key.columns.toSorted() };
}

function withoutSpelling({ type, ...column }: ColumnNeed): ColumnNeed {
  const spelt = type === null ? null : withoutSchema(type).replace(/\s*([,()])\s*/g, '$1');
  return { ...column, type: spelt, default: null };
}
