// The keys of one model, named as PostgreSQL names what is given no name.
import {
  chooseName,
  cutIdentifier,
  type Deferrability,
  type ForeignKey,
  type PrimaryKey,
  type ReferentialAction,
  type UniqueKey,
} from '../../catalog/index.ts';
import type { Attribute } from './orm.ts';
import type { Owner, Told } from './told.ts';

type Entry = readonly [key: string, attribute: Attribute];

export function readPrimaryKey(owner: Owner, attributes: readonly Entry[]): Told | null {
  const own = attributes.filter(([, { primaryKey }]) => primaryKey === true);
  if (own.length === 0) return null;
  const { schema, table, fullName, model } = owner;
  const object: PrimaryKey = {
    kind: 'primary key',
    schema,
    table,
    name: chooseName(fullName, [], 'pkey'),
    columns: own.map(nameOf),
  };
  return { object, model, attribute: own.length === 1 ? (own[0]?.[0] ?? null) : null };
}

/** PostgreSQL makes one key of those that CREATE TABLE names twice, and none beside the primary key of the same columns. */
export function readUniqueKeys(
  owner: Owner,
  attributes: readonly Entry[],
  primary: Told | null,
): readonly Told[] {
  const { schema, table, fullName, model } = owner;
  const inline = attributes
    .filter(([, { unique }]) => unique === true)
    .map((entry) => ({ columns: [nameOf(entry)], attribute: entry[0] }));
  const grouped = model.options.uniqueKeys ?? model.uniqueKeys;
  const own = model.options.uniqueKeys !== undefined;
  const together = Object.values(grouped)
    .filter(({ customIndex }) => customIndex ?? own)
    .map(({ fields }) => ({ columns: fields.map(cutIdentifier), attribute: keyOf(attributes, fields[0]) }));
  const known = new Set(primary?.object.kind === 'primary key' ? [primary.object.columns.join()] : []);
  const told: Told[] = [];
  for (const { columns, attribute } of [...inline, ...together]) {
    if (known.has(columns.join())) continue;
    known.add(columns.join());
    const object: UniqueKey = {
      kind: 'unique key',
      schema,
      table,
      name: chooseName(fullName, columns, 'key'),
      columns,
      nullsDistinct: true,
      deferrability: 'not deferrable',
    };
    told.push({ object, model, attribute });
  }
  return told;
}

export function readForeignKey(owner: Owner, [key, attribute]: Entry): Told | null {
  const { schema, table, fullName, model } = owner;
  const target = attribute.references;
  if (target?.model === undefined) return null;
  const far =
    typeof target.model === 'string' ? { tableName: target.model, schema: undefined } : target.model;
  const name = nameOf([key, attribute]);
  const object: ForeignKey = {
    kind: 'foreign key',
    schema,
    table,
    name: chooseName(fullName, [name], 'fkey'),
    columns: [name],
    references: {
      schema: far.schema ?? schema,
      table: cutIdentifier(far.tableName),
      columns: [cutIdentifier(target.key ?? 'id')],
    },
    onDelete: actionOf(attribute.onDelete),
    onUpdate: actionOf(attribute.onUpdate),
    deferrability: deferrabilityOf(target.deferrable),
    validated: true,
  };
  return { object, model, attribute: key };
}

function nameOf([key, { field }]: Entry): string {
  return cutIdentifier(field ?? key);
}

function keyOf(attributes: readonly Entry[], field: string | undefined): string | null {
  return attributes.find(([key, attribute]) => (attribute.field ?? key) === field)?.[0] ?? null;
}

function actionOf(action: string | undefined): ReferentialAction {
  return action === undefined || action === ''
    ? 'no action'
    : (action.trim().toLowerCase().replace(/\s+/g, ' ') as ReferentialAction);
}

function deferrabilityOf(deferrable: { toString(): string } | undefined): Deferrability {
  const text = deferrable?.toString() ?? '';
  if (text === 'DEFERRABLE INITIALLY DEFERRED') return 'initially deferred';
  return text === 'DEFERRABLE INITIALLY IMMEDIATE' ? 'deferrable' : 'not deferrable';
}
