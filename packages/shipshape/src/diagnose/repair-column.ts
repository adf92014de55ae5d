// A column and its aspects as SQL.

import { type Column, canonicalTypeName, isRequired, isSerial, quoteIdentifier } from '../catalog/index.ts';
import { renderColumn } from '../ddl/index.ts';

const serialOf: Readonly<Record<string, string>> = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
};

/** A default that takes from a sequence comes with its sequence, which went away with the column. */
export function withSequence(column: Column): Column {
  const serial = column.default?.startsWith('nextval(') === true ? serialOf[column.type] : undefined;
  return serial === undefined ? column : { ...column, type: serial, default: null };
}

/** A column that every row must fill cannot be added in one step to a table that has rows. */
export function renderAddColumn(column: Column, table: string, repeatable = false): readonly string[] {
  const clause = repeatable ? 'ADD COLUMN IF NOT EXISTS' : 'ADD COLUMN';
  const add = (each: Column) => `ALTER TABLE ${table} ${clause} ${renderColumn(withSequence(each))};`;
  if (!isRequired(column) || isSerial(column.type)) return [add(column)];
  return [
    add({ ...column, nullable: true }),
    `-- fill ${quoteIdentifier(column.name)} in the rows that are there, then:`,
    `ALTER TABLE ${table} ALTER COLUMN ${quoteIdentifier(column.name)} SET NOT NULL;`,
  ];
}

/** The statements that turn `from`, which is there, into `column` in this aspect. */
export function renderColumnAspect(
  column: Column,
  aspect: string,
  table: string,
  from: Column,
): readonly string[] {
  const name = quoteIdentifier(column.name);
  const alter = (what: string) => `ALTER TABLE ${table} ALTER COLUMN ${name} ${what};`;
  switch (aspect) {
    case 'type':
      return [
        ...(/^timestamp/.test(column.type) && /^timestamp/.test(from.type)
          ? ['-- the TimeZone of the session that runs this decides which moments these are']
          : []),
        alter(`TYPE ${column.type}${renderConversion(column, from)}`),
      ];
    case 'nullability':
      return column.nullable
        ? [alter('DROP NOT NULL')]
        : [`-- fill ${name} where it is null, then:`, alter('SET NOT NULL')];
    case 'default':
    case 'identity':
      return renderFill(column, from).map(alter);
    case 'generated':
      if (column.generated === null) return [alter('DROP EXPRESSION')];
      // A column cannot become generated, but its values can be computed anew.
      return [`ALTER TABLE ${table} DROP COLUMN ${name};`, ...renderAddColumn(column, table)];
    default:
      return [];
  }
}

const families = [
  /^(text|character varying|character)\b/,
  /^(smallint|integer|bigint|numeric|real|double precision)\b/,
  /^(timestamp|date)\b/,
  /^jsonb?$/,
];

/** Within a family PostgreSQL converts by itself, and refuses what does not fit where USING would cut it off. */
function renderConversion(column: Column, from: Column): string {
  const [wanted, present] = [canonicalTypeName(column.type), canonicalTypeName(from.type)];
  const alike = wanted.endsWith('[]') === present.endsWith('[]');
  if (alike && families.some((family) => family.test(wanted) && family.test(present))) return '';
  // Everything becomes text by itself.
  if (!wanted.endsWith('[]') && families[0]?.test(wanted)) return '';
  // Types of the user's own (two enums) convert by way of text only.
  const byText = wanted.includes('.') || present.includes('.');
  return ` USING ${quoteIdentifier(column.name)}${byText ? '::text' : ''}::${column.type}`;
}

/** What fills a column by itself: a default or an identity, never both (manual, ALTER TABLE). */
function renderFill(column: Column, from: Column): readonly string[] {
  if (column.identity !== null) {
    const identity = `GENERATED ${column.identity.toUpperCase()}`;
    if (from.identity !== null) return [`SET ${identity}`];
    return [...(from.default === null ? [] : ['DROP DEFAULT']), `ADD ${identity} AS IDENTITY`];
  }
  return [
    ...(from.identity === null ? [] : ['DROP IDENTITY']),
    ...(column.default !== null
      ? [`SET DEFAULT ${column.default}`]
      : from.default === null
        ? []
        : ['DROP DEFAULT']),
  ];
}
