// One column of the schema generator as the catalog's, with the check of an enum.
import {
  type Check,
  type Column,
  chooseName,
  cutIdentifier,
  isSerial,
  quoteIdentifier,
  quoteLiteral,
  quoteQualified,
} from '../../catalog/index.ts';
import type { TableColumn } from './orm.ts';
import type { Owner } from './told.ts';

/** As `PostgreSqlSchemaHelper.createTableColumn` writes it. */
export function readColumn(owner: Owner, source: TableColumn): readonly (Column | Check)[] {
  const { schema, table } = owner;
  const name = cutIdentifier(source.name);
  const labels = labelsOf(owner, source);
  const type = typeOf(owner, source, labels);
  const { identity, ...generated } = readGenerated(source.generated);
  const column: Column = {
    kind: 'column',
    schema,
    table,
    name,
    type,
    nullable: source.nullable === true && identity === null && !isSerial(type),
    default: renderDefault(source),
    identity,
    ...generated,
    ...(source.collation === undefined
      ? {}
      : { collation: owner.platform.quoteIdentifier(source.collation) }),
  };
  if (labels === null) return [column];
  const check: Check = {
    kind: 'check',
    schema,
    table,
    name: chooseName(owner.source.name, [name], 'check'),
    expression: `${quoteIdentifier(name)} in (${labels.map(quoteLiteral).join(', ')})`,
    validated: true,
  };
  return [column, check];
}

/** The labels of an enum that is text with a check; null for all others. Version 7 lists the check by itself. */
function labelsOf({ platform, isSeven }: Owner, column: TableColumn): readonly string[] | null {
  const { mappedType, nativeEnumName, enumItems = [] } = column;
  if (isSeven || nativeEnumName !== undefined || enumItems.length === 0) return null;
  if (mappedType !== platform.getMappedType('enum')) return null;
  const labels = enumItems.filter((each) => typeof each === 'string');
  return labels.length === enumItems.length ? labels : null;
}

function typeOf(
  { source, platform, isSeven }: Owner,
  column: TableColumn,
  labels: readonly string[] | null,
): string {
  const { type, generated, autoincrement, nativeEnumName } = column;
  const composite = (source.getPrimaryKey()?.columnNames.length ?? 0) > 1;
  if (autoincrement === true && generated === undefined && !composite) {
    if (isSeven) return column.mappedType.getColumnType({ autoincrement }, platform);
    return column.mappedType === platform.getMappedType('bigint') ? 'bigserial' : 'serial';
  }
  if (nativeEnumName !== undefined && (isSeven || column.enumItems !== undefined)) {
    const [schema, name] = splitEnumName(nativeEnumName, source.schema);
    const own = schema ?? platform.getDefaultSchemaName() ?? 'public';
    return `${quoteQualified(own, cutIdentifier(name))}${type.endsWith('[]') ? '[]' : ''}`;
  }
  return labels === null ? type : 'text';
}

/** `schema.name`, or a name in the table's schema. */
export function splitEnumName(name: string, schema: string | undefined): [string | undefined, string] {
  const [first = '', ...rest] = name.split('.');
  return rest.length === 0 ? [schema, first] : [first, rest.join('.')];
}

type Generated = Pick<Column, 'identity' | 'generated' | 'virtual'>;

/** What stands after GENERATED ALWAYS AS, or `by default as identity`. */
function readGenerated(said: string | undefined): Generated {
  const text = said?.trim() ?? '';
  if (text === '') return { identity: null, generated: null };
  if (/^identity$/i.test(text)) return { identity: 'always', generated: null };
  if (/^by default as identity$/i.test(text)) return { identity: 'by default', generated: null };
  const [, expression = text, kind = ''] = /^(.*?)\s+(stored|virtual)$/is.exec(text) ?? [];
  const virtual = kind.toLowerCase() === 'virtual';
  return { identity: null, generated: expression, ...(virtual ? { virtual } : {}) };
}

function renderDefault({ default: value }: TableColumn): string | null {
  // DEFAULT NULL is no default to PostgreSQL.
  return value === undefined || value === null || /^null$/i.test(String(value)) ? null : String(value);
}
