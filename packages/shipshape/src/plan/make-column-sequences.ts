// makeColumnSequences: the sequences that columns are filled from and own, without being things of the catalog.
import { addressOf, type Column, quoteQualified } from '../catalog/index.ts';
import { complete, renderColumnSequence, renderOwnedBy, renderSerialOptions } from '../ddl/index.ts';
import type { Block } from './block.ts';
import type { Contents } from './contents.ts';
import { mentionedNames } from './mentioned-names.ts';
import { sequencesOf } from './sequences-of.ts';

export interface ColumnSequences {
  /** Before the tables. */
  readonly creations: readonly Block[];
  /** When the tables are there. */
  readonly ownerships: readonly Block[];
}

/** A default that draws from no sequence of the catalog draws from one that its column owns. */
export function makeColumnSequences({ all }: Contents): ColumnSequences {
  const standing = new Set(all('sequence').map(({ schema, name }) => quoteQualified(schema, name)));
  const owners = new Map<string, Column>();
  for (const column of all('column'))
    for (const name of sequencesOf(column))
      if (!standing.has(name) && !owners.has(name)) owners.set(name, column);
  const owned = [...owners];
  return {
    creations: owned.map(([name, column]) => ({
      address: addressOf(column),
      statements: [renderColumnSequence(name, column)],
      makes: mentionedNames(name),
    })),
    ownerships: [
      ...owned.map(([name, column]) => ({
        address: addressOf(column),
        statements: [
          renderOwnedBy(name, { schema: column.schema, table: column.table, column: column.name }, complete),
        ],
        makes: [],
      })),
      ...all('column').flatMap((column) => {
        const isSerial = column.default === null && column.identity === null;
        const options = isSerial ? renderSerialOptions(column) : null;
        return options === null ? [] : [{ address: addressOf(column), statements: [options], makes: [] }];
      }),
    ],
  };
}
