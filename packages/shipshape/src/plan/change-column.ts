// changeColumn: the statements that give a column one aspect.
import { type Column, canonicalTypeName, quoteIdentifier } from '../catalog/index.ts';
import { renderName } from '../ddl/index.ts';
import { renderReturn } from './create-thing.ts';
import { fillColumn } from './fill-column.ts';
import { holdingOf } from './holding.ts';
import { changedOptions } from './sequence-options.ts';
import type { Pair, Sides } from './sides.ts';

export function changeColumn(pair: Pair<Column>, aspect: string, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  const name = quoteIdentifier(wanted.name);
  const table = renderName(wanted.schema, wanted.table, sides.naming);
  const alter = (what: string) => `ALTER TABLE ${table} ALTER COLUMN ${name} ${what};`;
  switch (aspect) {
    case 'type':
    case 'collation':
      return retype(pair, alter, sides);
    case 'nullability':
      if (!wanted.nullable) return [`-- fill ${name} where it is null, then:`, alter('SET NOT NULL')];
      return [
        ...(present.identity === null || wanted.identity !== null ? [] : [alter('DROP IDENTITY IF EXISTS')]),
        alter('DROP NOT NULL'),
      ];
    case 'sequence':
      return countOtherwise(pair, alter, sides);
    case 'generated':
    case 'generation':
      return computeOtherwise(pair, alter, sides);
    default:
      // A column is filled or computed, not both: what is computed there is changed with it.
      if ((wanted.generated === null) !== (present.generated === null))
        return computeOtherwise(pair, alter, sides);
      return fillColumn(pair, sides);
  }
}

type Alter = (what: string) => string;

function retype({ wanted, present }: Pair<Column>, alter: Alter, sides: Sides): readonly string[] {
  const collate = wanted.collation === undefined ? '' : ` COLLATE ${wanted.collation}`;
  const conversion = renderConversion(wanted, present);
  const type = `TYPE ${wanted.type}${collate}${conversion}`;
  const hint =
    /^timestamp/.test(wanted.type) && /^timestamp/.test(present.type)
      ? ['-- the TimeZone of the session that runs this decides which moments these are']
      : [];
  // A sequence keeps its type when the column gets another one; that of an identity column follows.
  const [sequence] = holdingOf(sides.present).ownSequences(present);
  const follows = sequence !== undefined && wanted.sequence?.type === undefined && /int/.test(wanted.type);
  const widened =
    follows && wanted.type !== present.type ? [`ALTER SEQUENCE ${sequence} AS ${wanted.type};`] : [];
  if (conversion === '' || present.default === null || present.generated !== null)
    return [...hint, alter(type), ...widened];
  // The default that is there may be none of the new type, and has to go first.
  const back =
    wanted.default === null || sequence !== undefined ? [] : [alter(`SET DEFAULT ${wanted.default}`)];
  return [...hint, alter('DROP DEFAULT'), alter(type), ...back];
}

function countOtherwise({ wanted, present }: Pair<Column>, alter: Alter, sides: Sides): readonly string[] {
  const options = changedOptions(wanted.sequence ?? {}, present.sequence ?? {}, wanted.type);
  if (present.identity !== null) return [alter(options.map((option) => `SET ${option}`).join(' '))];
  const [sequence] = holdingOf(sides.present).ownSequences(present);
  return sequence === undefined
    ? [`-- the sequence that fills it is to be altered: ${options.join(' ')}`]
    : [`ALTER SEQUENCE ${sequence} ${options.join(' ')};`];
}

function computeOtherwise(pair: Pair<Column>, alter: Alter, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  const table = renderName(wanted.schema, wanted.table, sides.naming);
  const name = quoteIdentifier(wanted.name);
  const again = [`ALTER TABLE ${table} DROP COLUMN ${name};`, ...renderReturn(wanted, sides, [wanted])];
  if (wanted.generated !== null)
    return present.generated === null
      ? ['-- no column becomes a computed one: it is dropped with the values in it, and made again', ...again]
      : [
          '-- the column is dropped and made again, and every value computed anew',
          ...(wanted.virtual === present.virtual
            ? [`-- (PostgreSQL 17 and later: ${alter(`SET EXPRESSION AS (${wanted.generated})`)})`]
            : []),
          ...again,
        ];
  if (present.virtual === true)
    return [
      '-- a column that is computed when it is read has no values to keep: it is dropped and made again, and filled',
      ...again,
      `UPDATE ${table} SET ${name} = ${present.generated};`,
    ];
  return [
    alter('DROP EXPRESSION IF EXISTS'),
    ...fillColumn({ wanted, present: { ...present, generated: null } }, sides),
  ];
}

const families = [
  /^(text|character varying|character)\b/,
  /^(smallint|integer|bigint|numeric|real|double precision)\b/,
  /^(timestamp|date)\b/,
  /^jsonb?$/,
];

/** Within a family PostgreSQL converts by itself, and refuses what does not fit where USING would cut it off. */
function renderConversion(column: Column, from: Column): string {
  const [wanted, present] = [canonicalTypeName(column.type), canonicalTypeName(from.type)];
  const alike = wanted.endsWith('[]') === present.endsWith('[]');
  if (alike && families.some((family) => family.test(wanted) && family.test(present))) return '';
  // Everything becomes text by itself.
  if (!wanted.endsWith('[]') && families[0]?.test(wanted)) return '';
  // Types of the user's own (two enums) convert by way of text only.
  const byText = wanted.includes('.') || present.includes('.');
  return ` USING ${quoteIdentifier(column.name)}${byText ? '::text' : ''}::${column.type}`;
}
