// changeConstraint: the statements that give a key, a check or an index one aspect.
import { type Constraint, type ForeignKey, type Index, quoteIdentifier } from '../catalog/index.ts';
import { renderName } from '../ddl/index.ts';
import { renderCreation } from './create-thing.ts';
import { holdingOf } from './holding.ts';
import type { Pair, Sides } from './sides.ts';

export function changeConstraint(
  pair: { readonly wanted: Constraint; readonly present: Constraint | Index },
  aspect: string,
  sides: Sides,
): readonly string[] {
  const { wanted, present } = pair;
  const table = renderName(present.schema, present.table, sides.naming);
  const name = quoteIdentifier(present.name);
  const isReference = wanted.kind === 'foreign key' && present.kind === 'foreign key';
  if (aspect === 'validity' && 'validated' in wanted && wanted.validated)
    return [`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`];
  if (aspect === 'deferrability' && isReference)
    return [`ALTER TABLE ${table} ALTER CONSTRAINT ${name} ${deferrabilities[wanted.deferrability]};`];
  if (aspect === 'enforcement' && isReference)
    return [
      ...(wanted.enforced === false ? [] : ['-- the rows that are there are looked at']),
      `ALTER TABLE ${table} ALTER CONSTRAINT ${name} ${wanted.enforced === false ? 'NOT ENFORCED' : 'ENFORCED'};`,
    ];
  const resting = isKey(present) ? restingOn(present, sides) : [];
  return [
    ...resting.map(({ present: each }) => drop(each, sides)),
    drop(present, sides),
    ...renderCreation(wanted, sides.wanted, sides.naming),
    ...resting.flatMap(({ wanted: each, from }) => renderCreation(each, from, sides.naming)),
  ];
}

export function changeIndex(
  { wanted, present }: Pair<Index>,
  aspect: string,
  sides: Sides,
): readonly string[] {
  const name = renderName(present.schema, present.name, sides.naming);
  if (aspect === 'validity')
    return wanted.valid
      ? [
          '-- while the table is used: REINDEX INDEX CONCURRENTLY, outside a transaction',
          `REINDEX INDEX ${name};`,
        ]
      : ['-- an index that is not valid is one that could not be built: correct the side that has it'];
  return [`DROP INDEX ${name};`, ...renderCreation(wanted, sides.wanted, sides.naming)];
}

const deferrabilities = {
  'not deferrable': 'NOT DEFERRABLE',
  deferrable: 'DEFERRABLE INITIALLY IMMEDIATE',
  'initially deferred': 'DEFERRABLE INITIALLY DEFERRED',
} as const;

function drop(object: Constraint | Index, { naming }: Sides): string {
  if (object.kind === 'index') return `DROP INDEX ${renderName(object.schema, object.name, naming)};`;
  const table = renderName(object.schema, object.table, naming);
  return `ALTER TABLE ${table} DROP CONSTRAINT ${quoteIdentifier(object.name)};`;
}

function isKey(object: Constraint | Index): object is Extract<Constraint, { columns: readonly string[] }> {
  return object.kind === 'primary key' || object.kind === 'unique key';
}

/** The foreign keys that rest on a key have to go before it, and come back as they should be, or else as they were. */
function restingOn(
  key: Extract<Constraint, { columns: readonly string[] }>,
  { wanted, present }: Sides,
): readonly { readonly present: ForeignKey; readonly wanted: ForeignKey; readonly from: Sides['wanted'] }[] {
  const columnsOf = (columns: readonly string[]) => JSON.stringify([...columns].sort());
  return holdingOf(present)
    .referencesTo(key.schema, key.table)
    .filter(({ references }) => columnsOf(references.columns) === columnsOf(key.columns))
    .map((each) => {
      const same = holdingOf(wanted)
        .referencesTo(key.schema, key.table)
        .find(
          ({ schema, table, name }) => schema === each.schema && table === each.table && name === each.name,
        );
      return same === undefined
        ? { present: each, wanted: each, from: present }
        : { present: each, wanted: same, from: wanted };
    });
}
