// changeTable: the statements that give a table one aspect.
import type { Table, TableName } from '../catalog/index.ts';
import { renderName } from '../ddl/index.ts';
import { ended } from './ended.ts';
import { remake } from './remake.ts';
import type { Pair, Sides } from './sides.ts';

export function changeTable(pair: Pair<Table>, aspect: string, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  const name = renderName(wanted.schema, wanted.name, sides.naming);
  const alter = (what: string) => `ALTER TABLE ${name} ${what};`;
  switch (aspect) {
    case 'partition key':
      return renew(
        name,
        wanted.partitionBy === undefined
          ? 'a partitioned table cannot become one that is not'
          : `how a table is spread over partitions cannot be changed (PARTITION BY ${wanted.partitionBy})`,
      );
    case 'partition of':
      return spreadOtherwise(pair, name, sides);
    case 'inherits':
      return inheritOtherwise(pair, sides).map(alter);
    case 'row security':
      return secureOtherwise(pair).map(alter);
    case 'persistence':
      return [
        `-- the table is written anew, and nobody reads it meanwhile${wanted.unlogged === true ? '; a crash will empty it' : ''}`,
        alter(wanted.unlogged === true ? 'SET UNLOGGED' : 'SET LOGGED'),
      ];
    default:
      if (present.foreignServer === undefined)
        return renew(name, 'a table that keeps rows here cannot become a foreign one');
      return [
        '-- its OPTIONS are not known here, and have to be given again',
        ...remake(pair, sides, 'PostgreSQL cannot move a foreign table, which keeps no rows here'),
      ];
  }
}

/** Rows are at stake: what to do is said, and left to people. */
function renew(name: string, because: string): readonly string[] {
  return [
    `-- ${because}: make a new table as it should be, copy the rows of ${name} into it, and`,
    '-- let the two change names (ALTER TABLE … RENAME TO …) in one transaction',
  ];
}

function spreadOtherwise(
  { wanted, present }: Pair<Table>,
  name: string,
  { naming }: Sides,
): readonly string[] {
  const parent = (of: TableName) => `ALTER TABLE ${renderName(of.schema, of.name, naming)}`;
  return ended([
    ...(present.partitionOf === undefined ? [] : [`${parent(present.partitionOf)} DETACH PARTITION ${name}`]),
    ...(wanted.partitionOf === undefined
      ? []
      : [`${parent(wanted.partitionOf)} ATTACH PARTITION ${name} ${wanted.partitionOf.bound}`]),
  ]);
}

/** A table inherits in the order in which it was told to: from the first that is another, all are told again. */
function inheritOtherwise({ wanted, present }: Pair<Table>, { naming }: Sides): readonly string[] {
  const namesOf = ({ inherits = [] }: Table) =>
    inherits.map((each) => renderName(each.schema, each.name, naming));
  const [names, there] = [namesOf(wanted), namesOf(present)];
  const differs = names.findIndex((each, at) => each !== there[at]);
  const from = differs === -1 ? names.length : differs;
  return [
    ...there.slice(from).map((each) => `NO INHERIT ${each}`),
    ...names.slice(from).map((each) => `INHERIT ${each}`),
  ];
}

function secureOtherwise({ wanted, present }: Pair<Table>): readonly string[] {
  const [own, other] = [wanted.rowSecurity, present.rowSecurity];
  return [
    ...((own === undefined) === (other === undefined)
      ? []
      : [own === undefined ? 'DISABLE ROW LEVEL SECURITY' : 'ENABLE ROW LEVEL SECURITY']),
    ...((own === 'forced') === (other === 'forced')
      ? []
      : [own === 'forced' ? 'FORCE ROW LEVEL SECURITY' : 'NO FORCE ROW LEVEL SECURITY']),
  ];
}
