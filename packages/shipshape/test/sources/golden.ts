// A declaration as text that a person can review: one line a thing, with its line of code.
import {
  addressOf,
  type CatalogObject,
  type Declaration,
  renderAddressKey,
} from '../../src/catalog/index.ts';

export function renderDeclaration(declaration: Declaration): string {
  const unqualified = new Set(declaration.unqualified);
  const things = declaration.catalog.objects.map((object) => {
    const key = renderAddressKey(addressOf(object));
    const origin = declaration.origin[key];
    const place = origin === undefined ? '' : `   ${origin.file}:${origin.line}`;
    const words = [unqualified.has(key) ? 'unqualified' : '', describe(object)].filter((each) => each !== '');
    return `${[key, ...words].join(' | ')}${place}`;
  });
  const silence = declaration.silence.map(
    ({ address, aspect, because }) => `silent on ${aspect} of ${address}: ${because}`,
  );
  return `${[...things, '', ...silence].join('\n')}\n`;
}

function describe(object: CatalogObject): string {
  switch (object.kind) {
    case 'schema':
    case 'table':
      return '';
    case 'enum':
      return JSON.stringify(object.labels);
    case 'column':
      return [
        object.type,
        object.nullable ? '' : 'not null',
        object.default === null ? '' : `default ${object.default}`,
        object.identity === null ? '' : `identity ${object.identity}`,
        object.generated === null ? '' : `generated ${object.generated}`,
      ]
        .filter((each) => each !== '')
        .join(', ');
    case 'primary key':
      return object.columns.join(', ');
    case 'unique key':
      return `${object.columns.join(', ')}${object.nullsDistinct ? '' : ' nulls not distinct'}`;
    case 'foreign key': {
      const { schema, table, columns } = object.references;
      const actions = `on delete ${object.onDelete} on update ${object.onUpdate}`;
      return `${object.columns.join(', ')} to ${schema}.${table} (${columns.join(', ')}) ${actions}`;
    }
    case 'check':
      return object.expression;
    case 'index': {
      const keys = object.keys.map(
        ({ expression, opclass, descending, nulls }) =>
          `${expression}${opclass === null ? '' : ` ${opclass}`}${descending ? ' desc' : ' asc'} nulls ${nulls}`,
      );
      const predicate = object.predicate === null ? '' : ` where ${object.predicate}`;
      return `${object.unique ? 'unique ' : ''}${object.method} [${keys.join(' | ')}]${predicate}`;
    }
    default: {
      const { kind: _, ...rest } = object;
      return JSON.stringify(rest);
    }
  }
}
