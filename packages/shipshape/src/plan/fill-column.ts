// fillColumn: what fills a column by itself: a default, a sequence or an identity, never two of them (manual, ALTER TABLE).
import { type Column, quoteIdentifier, quoteLiteral, quoteQualified } from '../catalog/index.ts';
import { renderColumnSequence, renderIdentityOptions, renderName, renderOwnedBy } from '../ddl/index.ts';
import { holdingOf } from './holding.ts';
import type { Pair, Sides } from './sides.ts';

/** Statements, each with its semicolon. */
export function fillColumn({ wanted, present }: Pair<Column>, sides: Sides): readonly string[] {
  const name = renderName(wanted.schema, wanted.table, sides.naming);
  const column = quoteIdentifier(wanted.name);
  const alter = (what: string) => `ALTER TABLE ${name} ALTER COLUMN ${column} ${what};`;
  if (wanted.identity !== null) {
    const generated = `GENERATED ${wanted.identity.toUpperCase()}`;
    if (present.identity !== null) return [alter(`SET ${generated}`)];
    const { schema, table } = wanted;
    const owner = `${quoteLiteral(quoteQualified(schema, table))}, ${quoteLiteral(wanted.name)}`;
    return [
      ...(present.default === null ? [] : [alter('DROP DEFAULT')]),
      alter(`ADD ${generated} AS IDENTITY${renderIdentityOptions(wanted)}`),
      goOnBehind(wanted, name, `pg_get_serial_sequence(${owner})`),
    ];
  }
  const identity = present.identity === null ? [] : [alter('DROP IDENTITY')];
  if (wanted.default === null)
    return [...identity, ...(present.default === null ? [] : [alter('DROP DEFAULT')])];
  return [...identity, ...fillFromSequences(wanted, name, sides), alter(`SET DEFAULT ${wanted.default}`)];
}

/** The sequences that are the column's own are made where they are not there. */
function fillFromSequences(column: Column, table: string, { wanted, naming }: Sides): readonly string[] {
  return holdingOf(wanted)
    .ownSequences(column)
    .flatMap((sequence) => [
      `${renderColumnSequence(sequence, column)};`,
      `${renderOwnedBy(sequence, { ...column, column: column.name }, naming)};`,
      goOnBehind(column, table, quoteLiteral(sequence)),
    ]);
}

/** A sequence begins behind the rows that are there, and never goes back. */
function goOnBehind({ name, sequence }: Column, table: string, sequenceName: string): string {
  const [most, step] = sequence?.increment?.startsWith('-') === true ? ['least', 'min'] : ['greatest', 'max'];
  const last = `(SELECT ${step}(${quoteIdentifier(name)}) FROM ${table})`;
  const next = `${last} ${most === 'least' ? '-' : '+'} 1`;
  return `SELECT setval(${sequenceName}, ${most}(nextval(${sequenceName}), ${next}), false);`;
}
