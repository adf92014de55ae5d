// One attribute of a model as the catalog's column.
import { type Column, cutIdentifier, type Enum, isSerial, quoteQualified } from '../../catalog/index.ts';
import { type Attribute, generatorOf } from './orm.ts';
import type { Owner } from './told.ts';

export interface ReadColumn {
  readonly column: Column;
  /** The enum that Sequelize makes for the column. */
  readonly ownEnum: Enum | null;
  /** Why the aspect is not compared. */
  readonly silent: Readonly<Partial<Record<'nullability' | 'default', string>>>;
}

interface DataType {
  readonly key?: string;
  /** Of an array. */
  readonly type?: DataType;
  readonly values?: readonly string[];
  toString(): string;
}

/** Throws an Error when the type or the default cannot be written as SQL. */
export function readColumn(owner: Owner, key: string, attribute: Attribute): ReadColumn {
  const name = attribute.field ?? key;
  const ownEnum = enumOf(owner, name, attribute);
  const type = typeOf(attribute, ownEnum);
  const identity = attribute.autoIncrement === true && attribute.autoIncrementIdentity === true;
  const required = attribute.allowNull === false || attribute.primaryKey === true;
  const silentDefault = silentDefaultOf(owner, key, attribute);
  return {
    column: {
      kind: 'column',
      schema: owner.schema,
      table: owner.table,
      name: cutIdentifier(name),
      type,
      nullable: !(required || identity || isSerial(type)),
      default: silentDefault === null ? renderDefault(owner, attribute) : null,
      identity: identity ? 'by default' : null,
      generated: null,
    },
    ownEnum,
    silent: {
      ...(required || attribute.autoIncrement === true
        ? {}
        : { nullability: 'the attribute does not say allowNull: false' }),
      ...(silentDefault === null ? {} : { default: silentDefault }),
    },
  };
}

/** `pgEnumName` of Sequelize: in the table's schema, else in `public`. */
function enumOf({ schema, fullName }: Owner, field: string, { type, values }: Attribute): Enum | null {
  const base = elementOf(type as DataType);
  if (base.key !== 'ENUM') return null;
  const labels = values ?? base.values ?? [];
  return { kind: 'enum', schema, name: cutIdentifier(`enum_${fullName}_${field}`), labels: [...labels] };
}

function elementOf(type: DataType): DataType {
  return type.key === 'ARRAY' && type.type !== undefined ? type.type : type;
}

/** As the dialect writes it into CREATE TABLE (`attributeToSQL`, `dataTypeMapping`). */
function typeOf(attribute: Attribute, ownEnum: Enum | null): string {
  const type = attribute.type as DataType;
  if (ownEnum !== null)
    return `${quoteQualified(ownEnum.schema, ownEnum.name)}${type.key === 'ARRAY' ? '[]' : ''}`;
  const said = type.toString();
  // Sequelize shouts; names of extensions' types are looked up as they are written.
  const text = said.includes('"') ? said : said.toLowerCase();
  // PostgreSQL has none; the dialect reads int2 for it, and writes what no server takes.
  if (text === 'tinyint') return 'smallint';
  if (attribute.autoIncrement !== true || attribute.autoIncrementIdentity === true) return text;
  if (text.startsWith('bigint')) return 'bigserial';
  return text.startsWith('smallint') ? 'smallserial' : 'serial';
}

/** `defaultValueSchemable` of Sequelize: what it says is no part of the table is sent with each INSERT. */
function silentDefaultOf({ model }: Owner, key: string, attribute: Attribute): string | null {
  const value = attribute.defaultValue;
  if (typeof value === 'function') return 'filled by the code (defaultValue is a function)';
  const type = (value as DataType | null | undefined)?.key;
  if (type === 'NOW' || type === 'UUIDV1' || type === 'UUIDV4') return `filled by the code (${type})`;
  if (value !== undefined || attribute.autoIncrement === true) return null;
  return Object.values(model._timestampAttributes).includes(key)
    ? 'filled by the code (timestamps)'
    : 'the attribute names no defaultValue';
}

function renderDefault({ model }: Owner, attribute: Attribute): string | null {
  // DEFAULT NULL is no default to PostgreSQL.
  if (attribute.defaultValue === undefined || attribute.defaultValue === null) return null;
  return generatorOf(model).escape(attribute.defaultValue, attribute);
}
