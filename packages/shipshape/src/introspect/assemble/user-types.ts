// Rows of domains, composite and range types, and collations to their nouns.
import type { Collation, CompositeType, Domain, RangeType } from '../../catalog/index.ts';
import type { CollationRow, CompositeRow, DomainRow, RangeRow } from '../queries/user-types.ts';

export function assembleDomain(row: DomainRow): Domain {
  return {
    kind: 'domain',
    schema: row.schema,
    name: row.name,
    type: row.type,
    nullable: !row.required,
    default: row.default,
    ...(row.collation === null ? {} : { collation: row.collation }),
    checks: row.checks ?? [],
  };
}

export function assembleComposite({ schema, name, attributes }: CompositeRow): CompositeType {
  return {
    kind: 'composite type',
    schema,
    name,
    attributes: (attributes ?? []).map(({ name: of, type, collation }) => ({
      name: of,
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

const providers = { c: 'libc', i: 'icu', b: 'builtin' } as const;

export function assembleCollation(row: CollationRow): Collation {
  const { collate, ctype } = row;
  const ofSystem = collate === ctype ? collate : `${collate}/${ctype}`;
  return {
    kind: 'collation',
    schema: row.schema,
    name: row.name,
    provider: providers[row.provider],
    locale: row.locale ?? ofSystem ?? '',
    deterministic: row.deterministic,
    ...(row.rules === null ? {} : { rules: row.rules }),
  };
}
