// What the type of a column says about null and about inserts, type by type.
import { expect, test } from 'vitest';
import type { Column } from '../../../src/catalog/index.ts';
import { kysely } from '../../../src/sources/kysely/index.ts';
import { makeProject } from '../drizzle/project.ts';

const types: readonly (readonly [type: string, told: string])[] = [
  ['string', 'not null'],
  ['string | null', 'null'],
  ['string | undefined', 'null'],
  ["'a' | 'b' | null", 'null'],
  ['Date | number | string', 'not null'],
  ['Generated<string>', 'not null, filled'],
  ['Generated<string | null>', 'null, filled'],
  ['Generated<string> | null', 'null, filled'],
  ['GeneratedAlways<number>', 'not null, filled'],
  ['ColumnType<Date>', 'not null'],
  ['ColumnType<Date, string, string>', 'not null'],
  ['ColumnType<Date, string | undefined, never>', 'not null, filled'],
  ['ColumnType<Date, never, never>', 'not null, filled'],
  ['ColumnType<Date | null, string | null, string>', 'null'],
  ['ColumnType<Date, string | null, string>', 'not null'],
  ['ColumnType<Date, string, string> | null', 'null'],
  ['JSONColumnType<{ a: number }>', 'not null'],
  ['JSONColumnType<{ a: number } | null>', 'null'],
  ['Json', 'perhaps null'],
  ['Json | null', 'perhaps null'],
  ['Generated<Json>', 'perhaps null, filled'],
  ['any', 'perhaps null'],
  ['unknown', 'perhaps null'],
  ['Generated<any>', 'perhaps null'],
  ['boolean', 'not null'],
  ['boolean | null', 'null'],
  ['string[]', 'not null'],
  ['(string | null)[]', 'not null'],
  ['string & { readonly __brand: unique symbol }', 'not null'],
  ['Selectable<{ a: Generated<string> }>["a"]', 'not null'],
  ['{ [key: string]: unknown } | null', 'null'],
  ['bigint', 'not null'],
  ['Buffer | null', 'null'],
];

test('each type', async () => {
  const columns = types.map(([type], at) => `  c${at}: ${type};`).join('\n');
  const root = makeProject(
    {
      'db.ts': `import type { ColumnType, Generated, GeneratedAlways, JSONColumnType, Selectable } from 'kysely';
type Json = Json[] | { [key: string]: Json | undefined } | boolean | number | string | null;
export interface DB { t: {
${columns}
  optional?: string;
} }
`,
    },
    ['kysely', '@types'],
  );
  const { catalog, silence } = await kysely({ database: 'db.ts', root }).declare({ origins: false });
  const silent = new Set(
    silence.flatMap(({ address, aspect }) => (aspect === 'nullability' ? [address] : [])),
  );
  const told = (name: string): string => {
    const column = catalog.objects.find(
      (each): each is Column => each.kind === 'column' && each.name === name,
    );
    const nullable = silent.has(`column public.t.${name}`)
      ? 'perhaps null'
      : column?.nullable === true
        ? 'null'
        : 'not null';
    return column?.default == null ? nullable : `${nullable}, filled`;
  };
  expect(types.map(([type], at) => [type, told(`c${at}`)])).toEqual(types);
  expect(told('optional')).toBe('null');
});
