// Rows of types and collations to their nouns.
import type { Collation, CompositeType, Domain, RangeType } from '../../catalog/index.ts';
import type { CollationRow, CompositeRow, DomainRow, RangeRow } from '../queries/user-types.ts';

export function assembleDomain({
  schema,
  name,
  type,
  required,
  collation,
  checks,
  ...row
}: DomainRow): Domain {
  return {
    kind: 'domain',
    schema,
    name,
    type,
    nullable: !required,
    default: row.default,
    ...(collation === null ? {} : { collation }),
    checks: checks ?? [],
  };
}

export function assembleComposite({ schema, name, attributes }: CompositeRow): CompositeType {
  return {
    kind: 'composite type',
    schema,
    name,
    attributes: (attributes ?? []).map(({ name: each, type, collation }) => ({
      name: each,
      type,
      ...(collation === null ? {} : { collation }),
    })),
  };
}

export function assembleRange(row: RangeRow): RangeType {
  const { schema, name, subtype, opclass, collation, canonical, subtypeDiff, multirange } = row;
  return {
    kind: 'range type',
    schema,
    name,
    subtype,
    ...(opclass === null ? {} : { opclass }),
    ...(collation === null ? {} : { collation }),
    ...(canonical === null ? {} : { canonical }),
    ...(subtypeDiff === null ? {} : { subtypeDiff }),
    multirange,
  };
}

const providers = { i: 'icu', c: 'libc', b: 'builtin' } as const;

export function assembleCollation(row: CollationRow): Collation {
  const { schema, name, collate, ctype, deterministic, rules } = row;
  const provider = providers[row.provider];
  const libc = collate === ctype ? collate : `${collate}/${ctype}`;
  return {
    kind: 'collation',
    schema,
    name,
    provider,
    locale: (provider === 'libc' ? libc : row.locale) ?? '',
    deterministic,
    ...(rules === null ? {} : { rules }),
  };
}
