// The families of catalogue queries put together as the few statements that a reading sends.
import { access } from './queries/access.ts';
import { checks, foreignKeys, keys, ourConstraints, referenced } from './queries/constraints.ts';
import { enums } from './queries/enums.ts';
import { indexes, opclasses } from './queries/indexes.ts';
import { columns, ours, schemas, setAside, tables } from './queries/relations.ts';
import { stamp } from './queries/stamp.ts';

/** One fact of the catalogue. `fields` is JSON, whose form the family's row type tells. */
export interface FactRow {
  readonly family: string;
  readonly fields: string;
}

const families = [
  stamp,
  schemas,
  setAside,
  tables,
  keys,
  foreignKeys,
  referenced,
  checks,
  indexes,
  opclasses,
  enums,
  access,
];

/** Everything but columns: facts of many forms in one round trip. */
export const factsQuery = `WITH ${ours},${ourConstraints}${families.join('\n  UNION ALL')}`;

/** Most rows are columns. As plain rows they cost a third less than as JSON, on both sides. */
export const columnsQuery = `WITH ${ours}${columns}`;

export const stampQuery = `WITH ${ours}${stamp}`;
