// Enums that no model names are called what the database calls them; their labels are still compared.
import { describe, expect, test } from 'vitest';
import { adoptEnumNames, type Declaration, makeCatalog } from '../../src/catalog/index.ts';
import { column, enumeration, table } from '../compare/build.ts';

const unnamed = (key: string) => ({ address: key, aspect: 'name', because: 'no model names it' });

function declare(labels: readonly string[], silence = [unnamed('enum public.enum_t_state')]): Declaration {
  return {
    catalog: makeCatalog([
      { kind: 'schema', schema: 'public' },
      table(),
      column('state', 'public.enum_t_state', { default: "'open'" }),
      enumeration('enum_t_state', labels),
    ]),
    silence,
    origin: { 'enum public.enum_t_state': { file: 'models.ts', line: 3 } },
    unqualified: ['enum public.enum_t_state', 'table public.t'],
  };
}

const actual = (type: string, name: string, schema = 'public') =>
  makeCatalog([table(), column('state', type), enumeration(name, ['open', 'closed'], schema)]);

describe('an enum without a name of its own', () => {
  test.each([
    ['on the search path', 'order_state', 'order_state', 'public', 'public.order_state'],
    ['in another schema', 'billing.state', 'state', 'billing', 'billing.state'],
    ['in quotes', '"OrderState"', 'OrderState', 'public', 'public."OrderState"'],
  ])('is called as the type of its column is, %s', (_where, type, name, schema, written) => {
    const declared = declare(['open', 'closed', 'lost']);
    const { catalog, silence, origin, unqualified } = adoptEnumNames(declared, actual(type, name, schema));
    const key = `enum ${written}`;
    expect(catalog.objects).toContainEqual(enumeration(name, ['open', 'closed', 'lost'], schema));
    expect(catalog.objects).toContainEqual(column('state', written, { default: "'open'" }));
    expect(catalog.objects.filter(({ kind }) => kind === 'enum')).toHaveLength(1);
    expect(silence).toEqual([unnamed(key)]);
    expect(origin).toEqual({ [key]: { file: 'models.ts', line: 3 } });
    expect(unqualified).toEqual([key, 'table public.t']);
  });

  test('keeps its name where the column has no enum, or is not there', () => {
    const declared = declare(['open']);
    expect(adoptEnumNames(declared, actual('text', 'order_state'))).toEqual(declared);
    expect(adoptEnumNames(declared, makeCatalog([]))).toEqual(declared);
  });

  test('keeps its name where another with other labels has taken the one that is found', () => {
    const declared = declare(['open']);
    const both = {
      ...declared,
      catalog: makeCatalog([...declared.catalog.objects, enumeration('order_state', ['a'])]),
    };
    expect(adoptEnumNames(both, actual('order_state', 'order_state'))).toEqual(both);
  });
});

test('an enum that the models name keeps its name', () => {
  const declared = declare(['open'], []);
  expect(adoptEnumNames(declared, actual('order_state', 'order_state'))).toEqual(declared);
});
