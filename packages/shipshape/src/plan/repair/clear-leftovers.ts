// clearLeftovers: what an attempt before had made for a while, and did not come to take away.
import {
  addressOf,
  type CatalogObject,
  indexByKey,
  isConstraint,
  quoteIdentifier,
  quoteQualified,
  renderAddressKey,
} from '../../catalog/index.ts';
import { tablesAbove } from './comes-with.ts';
import { type Ground, isTemporaryName } from './ground.ts';
import { makeRepair, type Repair } from './repair.ts';

/** A name that nobody else gives (`temporaryName`). */
export function clearLeftovers(ground: Ground): readonly Repair[] {
  const { sides } = ground;
  const there = indexByKey(sides.present);
  return sides.present.objects.flatMap((object) => {
    if (!('table' in object) || !isTemporaryName(object.name, ground)) return [];
    if (object.kind === 'index') {
      const drop = `DROP INDEX CONCURRENTLY ${quoteQualified(object.schema, object.name)}`;
      return [takeAway(object, drop, true)];
    }
    if (!isConstraint(object)) return [];
    const table = { kind: 'table', schema: object.schema, name: object.table } as const;
    const goesWithParent = tablesAbove(there.get(renderAddressKey(table))).some(({ schema, name }) =>
      there.has(renderAddressKey({ ...addressOf(object), schema, table: name } as never)),
    );
    const drop = `DROP CONSTRAINT ${quoteIdentifier(object.name)}`;
    return goesWithParent
      ? []
      : [takeAway(object, `ALTER TABLE ${quoteQualified(object.schema, object.table)} ${drop}`, false)];
  });
}

function takeAway(object: CatalogObject, statement: string, apart: boolean): Repair {
  const block = { address: addressOf(object), statements: [statement], makes: [] };
  return makeRepair(object, block, { apart, remarks: ['a repair that was cut off has left it behind'] });
}
