// isAsDeclared: a short answer for most columns, which must never hide what judgeColumn would tell.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Column, makeCatalog } from '../../src/catalog/index.ts';
import { isAsDeclared, judgeColumn, makeTypeContext } from '../../src/need/judge-column.ts';
import { makeLookup } from '../../src/need/lookup.ts';
import type { ColumnNeed } from '../../src/need/need.ts';

const types = [
  'integer',
  'bigint',
  'text',
  'text[]',
  'public.mood',
  'mood',
  'public.mail',
  'public.mail[]',
  'other.mood',
];
const place = { schema: 'public', table: 't', name: 'c' } as const;
const live = makeLookup(
  makeCatalog([
    { kind: 'enum', schema: 'public', name: 'mood', labels: ['calm'] },
    { kind: 'enum', schema: 'other', name: 'mood', labels: ['wild'] },
    {
      kind: 'domain',
      schema: 'public',
      name: 'mail',
      type: 'text',
      nullable: false,
      default: "'x'",
      checks: [],
    },
  ]),
  ['public'],
);
const enums = [{ schema: 'public', name: 'mood', unqualified: true, labels: ['calm'], origin: null }];

const anyNeed: fc.Arbitrary<ColumnNeed> = fc.record({
  name: fc.constant('c'),
  type: fc.option(fc.constantFrom(...types)),
  nullable: fc.option(fc.boolean()),
  filled: fc.option(fc.boolean()),
  default: fc.option(fc.constantFrom('0', "'x'")),
  origin: fc.constant(null),
});
const fills: readonly Pick<Column, 'default' | 'identity' | 'generated'>[] = [
  { default: null, identity: null, generated: null },
  { default: '0', identity: null, generated: null },
  { default: "'x'", identity: null, generated: null },
  { default: null, identity: 'always', generated: null },
  { default: null, identity: 'by default', generated: null },
  { default: null, identity: null, generated: 'lower(a)' },
];
const anyColumn: fc.Arbitrary<Column> = fc
  .record({ type: fc.constantFrom(...types), nullable: fc.boolean(), fill: fc.constantFrom(...fills) })
  .map(({ type, nullable, fill }) => ({ kind: 'column', ...place, type, nullable, ...fill }));

test('what is as declared lacks nothing', () => {
  let short = 0;
  fc.assert(
    fc.property(anyNeed, anyColumn, fc.boolean(), (need, column, inView) => {
      const context = makeTypeContext(live, enums);
      if (!isAsDeclared(need, column, context, inView)) return;
      short += 1;
      expect(judgeColumn(need, column, { kind: 'column', ...place }, context, inView)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  expect(short).toBeGreaterThan(100);
});
