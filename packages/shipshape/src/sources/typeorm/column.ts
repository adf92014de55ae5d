// One column of TypeORM as the catalog's, as its driver would tell PostgreSQL.
import type { TableColumn } from 'typeorm';
import {
  type Column,
  cutIdentifier,
  type Enum,
  quoteIdentifier,
  quoteLiteral,
  quoteQualified,
} from '../../catalog/index.ts';
import type { Driver } from './orm.ts';

export interface Place {
  readonly schema: string;
  readonly table: string;
}

/** `given`: the default as the entity has it. */
export function readColumn(driver: Driver, place: Place, source: TableColumn, given: unknown): Column {
  const identity = identityOf(source);
  // TypeORM refuses a VIRTUAL column of PostgreSQL before it comes here.
  const generated = source.generatedType === 'STORED' && source.asExpression ? source.asExpression : null;
  return {
    kind: 'column',
    ...place,
    name: cutIdentifier(source.name),
    type: typeOf(driver, place, source, identity !== null),
    nullable: source.isNullable === true,
    default: generated === null && identity === null ? defaultOf(driver, source, given) : null,
    identity,
    generated,
    ...(source.collation ? { collation: quoteIdentifier(source.collation) } : {}),
  };
}

/** The type that TypeORM makes for an enum column, or null. It is named after the table's whole name. */
export function readEnum(place: Place, tableName: string, source: TableColumn): Enum | null {
  if (source.type !== 'enum' && source.type !== 'simple-enum') return null;
  return { kind: 'enum', ...enumName(place, tableName, source), labels: source.enum ?? [] };
}

function enumName({ schema }: Place, tableName: string, { enumName: given, name }: TableColumn) {
  const full = given ?? `${tableName}_${name.toLowerCase()}_enum`;
  const [first = '', second] = full.split('.');
  return second === undefined
    ? { schema, name: cutIdentifier(first) }
    : { schema: first, name: cutIdentifier(second) };
}

function identityOf({ isGenerated, generationStrategy, generatedIdentity }: TableColumn): Column['identity'] {
  if (isGenerated !== true || generationStrategy !== 'identity') return null;
  return generatedIdentity === 'ALWAYS' ? 'always' : 'by default';
}

const serials: Readonly<Record<string, string>> = {
  integer: 'serial',
  int: 'serial',
  int4: 'serial',
  smallint: 'smallserial',
  int2: 'smallserial',
  bigint: 'bigserial',
  int8: 'bigserial',
};

function typeOf(driver: Driver, place: Place, source: TableColumn, isIdentity: boolean): string {
  const own = readEnum(place, place.table, source);
  if (own !== null) return `${quoteQualified(own.schema, own.name)}${source.isArray ? '[]' : ''}`;
  if (isIdentity) return source.type;
  const numbered = source.isGenerated === true && source.generationStrategy === 'increment';
  return (
    (numbered ? serials[source.type] : undefined) ?? driver.createFullType(source).replace(/ array$/, '[]')
  );
}

function defaultOf(
  driver: Driver,
  { default: told, isGenerated, generationStrategy, isArray }: TableColumn,
  given: unknown,
): string | null {
  if (told !== undefined && told !== null) {
    // TypeORM writes a text (0.3 also JSON) between quotes as it stands: one with quotes of its own cannot be built by it,
    // and is in a migration as somebody has mended it.
    const isLiteral = typeof given === 'string' || (typeof given === 'object' && !isArray);
    const isBroken = isLiteral && String(told).slice(1, -1).replaceAll("''", '').includes("'");
    return isBroken ? quoteLiteral(typeof given === 'string' ? given : JSON.stringify(given)) : String(told);
  }
  return isGenerated === true && generationStrategy === 'uuid' ? driver.uuidGenerator : null;
}
