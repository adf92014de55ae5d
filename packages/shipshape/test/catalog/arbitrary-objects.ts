// Objects of all shapes that addresses have, with few names, so that many are of one table.
import * as fc from 'fast-check';
import { type CatalogObject, renderAddressKey } from '../../src/catalog/index.ts';

// What sorts before and after the dot between two names, bare and in quotes.
const name = fc.oneof(
  fc.constantFrom('a', 'a_b', 'a$b', 'a.b', 'a"', '"', 'Order', 'user', 'ש', 'a b', 'A'),
  fc.string({ minLength: 1, maxLength: 3 }),
);
// Few, so that many things are of one kind, in one schema, in one table.
const schema = fc.constantFrom('a', 'a$');
const table = fc.constantFrom('a', 'a$b', 'a_b', 'a"', 'user');
const part = fc.record({ kind: fc.constantFrom('column', 'primary key', 'index'), schema, table, name });
const thing = fc.oneof(
  fc.record({ kind: fc.constant('schema'), schema }),
  fc.record({ kind: fc.constant('extension'), name, schema }),
  fc.record({ kind: fc.constantFrom('table', 'enum', 'view'), schema, name }),
  fc.record({ kind: fc.constant('routine'), schema, name, arguments: fc.constantFrom('', 'a text') }),
  part,
);
const object = fc
  .oneof(
    { weight: 5, arbitrary: part },
    { weight: 2, arbitrary: thing },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('comment', 'owner'), on: thing }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('privilege'), on: thing, grantee: name }),
    },
  )
  // Of an object, its address is all that its place is told by.
  .map((address) => address as unknown as CatalogObject);
const few = fc.uniqueArray(object, { selector: renderAddressKey, maxLength: 40 });
// As many in one table as are put in order in another way.
const many = fc.uniqueArray(
  fc
    .oneof(name, fc.string({ maxLength: 5 }))
    .map((each) => ({ kind: 'column', schema: 'a', table: 'a', name: each }) as unknown as CatalogObject),
  { selector: renderAddressKey, minLength: 30, maxLength: 50 },
);
export const objects = fc.oneof({ weight: 4, arbitrary: few }, { weight: 1, arbitrary: many });
