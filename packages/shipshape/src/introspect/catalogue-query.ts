// The families of catalogue queries put together as the few statements that a reading sends.
import { access } from './queries/access.ts';
import { checks, foreignKeys, keys, ourConstraints, referenced } from './queries/constraints.ts';
import { enums } from './queries/enums.ts';
import { type Features, featuresOf } from './queries/features.ts';
import { exclusions, indexes, opclasses } from './queries/indexes.ts';
import { columns, ours, schemas, setAside, tableNames, tables } from './queries/relations.ts';
import { comments, extensions, owners, privileges, uncompared } from './queries/remarks.ts';
import { policies, routines, triggers } from './queries/routines.ts';
import { sequences } from './queries/sequences.ts';
import { stamp } from './queries/stamp.ts';
import { collations, composites, domains, ranges } from './queries/user-types.ts';
import { views } from './queries/views.ts';
import type { Breadth } from './reading.ts';

/** One fact of the catalogue. `fields` is JSON, whose form the family's row type tells. */
export interface FactRow {
  readonly family: string;
  readonly fields: string;
}

function needed(features: Features): readonly string[] {
  return [
    schemas,
    setAside,
    tableNames,
    views({ plain: true }),
    keys(features),
    indexes(features, true),
    opclasses,
    enums,
    domains,
    access,
  ];
}

function structure(features: Features): readonly string[] {
  return [
    schemas,
    setAside,
    extensions,
    tables,
    views({ plain: false }),
    sequences,
    keys(features),
    foreignKeys(features),
    referenced,
    checks(features),
    exclusions,
    indexes(features),
    opclasses,
    enums,
    domains,
    composites,
    ranges,
    collations(features),
    routines,
    triggers,
    policies,
    comments,
    access,
    uncompared,
  ];
}

const familiesOf: Readonly<Record<Breadth, (features: Features) => readonly string[]>> = {
  need: needed,
  structure,
  everything: (features) => [...structure(features), owners, privileges],
};

/**
 * Everything but columns: facts of many forms in one round trip. `stamped`: with a stamp of the catalogue as it is
 * before the rest is read.
 */
export function makeFactsQuery(versionNumber: number, breadth: Breadth, stamped: boolean): string {
  const families = familiesOf[breadth](featuresOf(versionNumber));
  return `WITH ${ours},${ourConstraints}${[...(stamped ? [stamp] : []), ...families].join('\n  UNION ALL')}`;
}

/** Most rows are columns. As plain rows they cost a third less than as JSON, on both sides. */
export const columnsQuery = `WITH ${ours}${columns}`;

export const stampQuery = `WITH ${ours}${stamp}`;
