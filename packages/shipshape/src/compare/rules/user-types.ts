// What there is to compare about enums, domains, composite and range types, and collations.
import { quoteLiteral } from '../../catalog/index.ts';
import type { RuleTable } from '../kind-rule.ts';
import { always, stored } from './texts.ts';

const collated = (collation: string | undefined): string =>
  collation === undefined ? '' : ` collate ${collation}`;

export const typeRules: RuleTable<'enum' | 'domain' | 'composite type' | 'range type' | 'collation'> = {
  enum: {
    identity: 'name',
    renameable: true,
    aspects: [
      { name: 'labels', read: ({ labels }) => [...labels].sort().map(quoteLiteral).join(', ') },
      { name: 'label order', read: ({ labels }) => labels.map(quoteLiteral).join(', '), after: 'labels' },
    ],
  },
  domain: {
    identity: 'name',
    aspects: [
      { name: 'type', read: ({ type }) => type },
      { name: 'nullability', read: ({ nullable }) => (nullable ? 'null' : 'not null') },
      { name: 'default', read: (domain) => domain.default, printed: always },
      { name: 'collation', read: ({ collation }) => collation ?? null, after: 'type' },
      {
        name: 'checks',
        // Names are a matter of taste here as well.
        read: ({ checks }) =>
          checks
            .map(({ expression }) => expression)
            .sort()
            .join('; ') || null,
        printed: always,
      },
      {
        name: 'validity',
        read: ({ checks }) => {
          const unchecked = checks.filter(({ validated }) => !validated).map(({ expression }) => expression);
          return unchecked.length === 0 ? 'valid' : `not valid: ${unchecked.sort().join('; ')}`;
        },
        after: 'checks',
        printed: ({ checks }) => checks.some(({ validated }) => !validated),
      },
    ],
  },
  'composite type': {
    identity: 'name',
    aspects: [
      {
        name: 'attributes',
        read: ({ attributes }) =>
          attributes
            .map(({ name, type, collation }) => `${stored(name)} ${type}${collated(collation)}`)
            .join(', '),
      },
    ],
  },
  'range type': {
    identity: 'name',
    aspects: [
      { name: 'subtype', read: ({ subtype }) => subtype },
      { name: 'operator class', read: ({ opclass }) => opclass ?? null, after: 'subtype' },
      { name: 'collation', read: ({ collation }) => collation ?? null, after: 'subtype' },
      { name: 'canonical', read: ({ canonical }) => canonical ?? null },
      { name: 'subtype difference', read: ({ subtypeDiff }) => subtypeDiff ?? null },
      { name: 'multirange', read: ({ multirange }) => multirange },
    ],
  },
  collation: {
    identity: 'name',
    aspects: [
      { name: 'provider', read: ({ provider }) => provider },
      { name: 'locale', read: ({ locale }) => locale, printed: always },
      {
        name: 'determinism',
        read: ({ deterministic }) => (deterministic ? 'deterministic' : 'not deterministic'),
      },
      { name: 'rules', read: ({ rules }) => rules ?? null },
    ],
  },
};
