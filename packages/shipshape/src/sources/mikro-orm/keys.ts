// The keys, checks and indexes of one table of the schema generator.
import {
  type Check,
  chooseName,
  cutIdentifier,
  type Deferrability,
  type ForeignKey,
  type Index,
  type IndexKey,
  type PrimaryKey,
  parseCreateIndex,
  parseIndexKey,
  type ReferentialAction,
  type UniqueKey,
} from '../../catalog/index.ts';
import type { TableForeignKey, TableIndex } from './orm.ts';
import type { Owner } from './told.ts';

/** As `SchemaHelper.createIndex` writes it. */
export function readIndex(owner: Owner, source: TableIndex): PrimaryKey | UniqueKey | Index {
  const { schema, table, platform } = owner;
  const { keyName, primary, unique, type } = source;
  const place = { schema, table, name: cutIdentifier(keyName) };
  const columns = source.columnNames.map(cutIdentifier);
  if (primary) {
    const full = owner.source.name;
    const usual = keyName === platform.getDefaultPrimaryName(full, source.columnNames);
    const name = usual ? chooseName(full, [], 'pkey') : place.name;
    return { kind: 'primary key', ...place, name, columns };
  }
  // Paths into a JSON column.
  const json = source.columnNames.some((name) => name.includes('.'));
  if (unique && !json)
    return {
      kind: 'unique key',
      ...place,
      columns,
      nullsDistinct: true,
      deferrability: deferrabilityOf(source.deferMode),
      ...(source.include === undefined || source.include.length === 0
        ? {}
        : { include: source.include.map(cutIdentifier) }),
    };
  const method = typeof type === 'object' ? type.indexType : type;
  return {
    kind: 'index',
    ...place,
    unique,
    method: method === undefined || method === '' ? 'btree' : method.toLowerCase(),
    keys: json ? platform.getJsonIndexDefinition(source).map(parseIndexKey) : columns.map(columnKey),
    include: [],
    predicate: typeof type === 'object' ? predicateOf(type.predicate) : null,
    nullsDistinct: true,
    valid: true,
  };
}

/** The statement that makes the index, where MikroORM writes none itself: `expression`, or a full-text index. */
export function statementOf({ source, platform, isSeven }: Owner, index: TableIndex): string | null {
  const { expression, columnNames, keyName, type } = index;
  if (expression !== undefined) return expression;
  if (index.primary) return null;
  const isKey = index.unique && (!isSeven || index.constraint === true);
  if (isKey && !columnNames.some((name) => name.includes('.'))) return null;
  if (type !== 'fulltext' || index.unique)
    return isSeven ? platform.getSchemaHelper().getCreateIndexSQL(source.name, index) : null;
  const columnOf = (name: string) => source.getColumns().find((each) => each.name === name);
  const columns = columnNames.map((name) => ({ name, type: columnOf(name)?.type ?? '' }));
  return platform.getFullTextIndexExpression(keyName, source.schema, source.name, columns);
}

/** Null for a statement that is no CREATE INDEX. */
export function readStatement(
  { schema, table }: Owner,
  keyName: string,
  sql: string,
): { readonly index: Index; readonly repeatable: boolean } | null {
  const statement = parseCreateIndex(sql);
  if (statement === null) return null;
  const { repeatable, ...rest } = statement;
  return { index: { ...rest, schema, table, name: cutIdentifier(rest.name ?? keyName) }, repeatable };
}

function columnKey(expression: string): IndexKey {
  return { expression, opclass: null, descending: false, nulls: 'last' };
}

function predicateOf(predicate: { toQuery(): string } | undefined): string | null {
  const text = predicate?.toQuery() ?? '';
  const at = text.toLowerCase().indexOf(' where ');
  return at === -1 ? null : text.slice(at + ' where '.length);
}

/** Null for a constraint of another kind, which version 7 takes for a check: `exclude using gist (…)`. */
export function readCheck(
  { schema, table }: Owner,
  source: { name: string; expression: string },
): Check | null {
  const { name, expression } = source;
  if (/^\s*exclude\b/i.test(expression)) return null;
  return { kind: 'check', schema, table, name: cutIdentifier(name), expression, validated: true };
}

export function readForeignKey(owner: Owner, source: TableForeignKey): ForeignKey {
  const { schema, table, platform } = owner;
  const target = source.referencedTableName.split('.');
  const far = target.pop() ?? '';
  const farSchema = target.pop();
  const [onDelete, onDeleteColumns] = actionOf(source.deleteRule);
  return {
    kind: 'foreign key',
    schema,
    table,
    name: cutIdentifier(source.constraintName),
    columns: source.columnNames.map(cutIdentifier),
    references: {
      schema: farSchema === '*' ? schema : (farSchema ?? platform.getDefaultSchemaName() ?? 'public'),
      table: cutIdentifier(far),
      columns: source.referencedColumnNames.map(cutIdentifier),
    },
    onDelete,
    onUpdate: actionOf(source.updateRule)[0],
    deferrability: deferrabilityOf(source.deferMode),
    validated: true,
    ...(onDeleteColumns === null ? {} : { onDeleteColumns }),
  };
}

/** `set null`, `SET NULL (a, b)`; none said is NO ACTION. */
function actionOf(rule: string | undefined): readonly [ReferentialAction, readonly string[] | null] {
  const [, words = '', list] = /^([a-z ]+?)\s*(?:\(([^)]*)\))?$/i.exec(rule?.trim() ?? '') ?? [];
  const action = words.toLowerCase().replace(/\s+/g, ' ');
  if (action === '') return ['no action', null];
  const columns = list?.split(',').map((each) => each.trim().replace(/^"(.*)"$/, '$1'));
  return [action as ReferentialAction, columns ?? null];
}

function deferrabilityOf(mode: string | undefined): Deferrability {
  if (mode === 'deferred') return 'initially deferred';
  return mode === 'immediate' ? 'deferrable' : 'not deferrable';
}
