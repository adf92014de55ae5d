// renderType: enums, domains, composite and range types.
import {
  type CompositeType,
  type Domain,
  type Enum,
  quoteIdentifier,
  quoteLiteral,
  type RangeType,
} from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/** The statements that create it, in order, without semicolons. */
export function renderType(
  type: Enum | Domain | CompositeType | RangeType,
  naming: Naming,
): readonly string[] {
  const name = renderName(type.schema, type.name, naming);
  switch (type.kind) {
    case 'enum':
      return [`CREATE TYPE ${name} AS ENUM (${type.labels.map(quoteLiteral).join(', ')})`];
    case 'domain':
      return renderDomain(type, name);
    case 'composite type':
      return [`CREATE TYPE ${name} AS (${type.attributes.map(renderAttribute).join(', ')})`];
    case 'range type':
      return [`CREATE TYPE ${name} AS RANGE (${renderRange(type).join(', ')})`];
  }
}

/** A check as it stands after ADD. */
export function renderDomainCheck({ name, expression, validated }: Domain['checks'][number]): string {
  return `CONSTRAINT ${quoteIdentifier(name)} CHECK (${expression})${validated ? '' : ' NOT VALID'}`;
}

function renderDomain(domain: Domain, name: string): readonly string[] {
  const { type, collation, default: filled, nullable, checks } = domain;
  const create = [
    `CREATE DOMAIN ${name} AS ${type}`,
    ...(collation === undefined ? [] : [`COLLATE ${collation}`]),
    ...(filled === null ? [] : [`DEFAULT ${filled}`]),
    ...(nullable ? [] : ['NOT NULL']),
    ...checks.filter(({ validated }) => validated).map(renderDomainCheck),
  ];
  // CREATE DOMAIN does not know NOT VALID.
  const later = checks.filter(({ validated }) => !validated);
  return [create.join(' '), ...later.map((check) => `ALTER DOMAIN ${name} ADD ${renderDomainCheck(check)}`)];
}

export function renderAttribute({ name, type, collation }: CompositeType['attributes'][number]): string {
  return `${quoteIdentifier(name)} ${type}${collation === undefined ? '' : ` COLLATE ${collation}`}`;
}

function renderRange(range: RangeType): readonly string[] {
  const { subtype, opclass, collation, canonical, subtypeDiff, multirange } = range;
  return [
    `SUBTYPE = ${subtype}`,
    ...(opclass === undefined ? [] : [`SUBTYPE_OPCLASS = ${opclass}`]),
    ...(collation === undefined ? [] : [`COLLATION = ${collation}`]),
    ...(canonical === undefined ? [] : [`CANONICAL = ${canonical}`]),
    ...(subtypeDiff === undefined ? [] : [`SUBTYPE_DIFF = ${subtypeDiff}`]),
    `MULTIRANGE_TYPE_NAME = ${multirange}`,
  ];
}
