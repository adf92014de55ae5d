// changeView: the statements that give a view or a materialized view one aspect.
import {
  addressOf,
  type MaterializedView,
  quoteIdentifier,
  type ThingAddress,
  type View,
  type ViewColumn,
} from '../catalog/index.ts';
import { renderTarget, renderView } from '../ddl/index.ts';
import { renderViewColumns } from './create-thing.ts';
import { remake } from './remake.ts';
import type { Pair, Sides } from './sides.ts';

export function changeView(
  { wanted, present }: Pair<View | MaterializedView>,
  aspect: string,
  sides: Sides,
): readonly string[] {
  const target = renderTarget(addressOf(wanted) as ThingAddress, sides.naming);
  if (aspect === 'populated')
    return wanted.kind === 'materialized view' && wanted.populated
      ? [`REFRESH ${target};`]
      : ['-- it is emptied, and cannot be read before it is refreshed', `REFRESH ${target} WITH NO DATA;`];
  if (aspect === 'options') return setOptions(wanted, present, target);
  // Models may know a view by its columns alone: what to write is said.
  if (wanted.definition === '')
    return [`-- its query is not known here; change it so that it gives ${renderViewColumns(wanted)}`];
  if (wanted.kind === 'materialized view')
    return remake({ wanted, present }, sides, 'the query of a materialized view cannot be changed');
  const renames = findRenames(wanted.columns, present.columns);
  if (renames === null)
    return remake(
      { wanted, present },
      sides,
      'a view keeps the columns that it has, and takes new ones at its end',
    );
  return [
    ...renames.map(
      ([from, to]) => `ALTER ${target} RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)};`,
    ),
    `${renderView(wanted, sides.naming).replace(/^CREATE VIEW/, 'CREATE OR REPLACE VIEW')};`,
  ];
}

/** What has to be renamed before CREATE OR REPLACE VIEW accepts the new query; null where it cannot (manual). */
function findRenames(
  wanted: readonly ViewColumn[],
  present: readonly ViewColumn[],
): readonly (readonly [from: string, to: string])[] | null {
  const taken = new Set(present.map(({ name }) => name));
  const renames: (readonly [string, string])[] = [];
  for (const [at, there] of present.entries()) {
    const column = wanted[at];
    if (column === undefined || column.type !== there.type) return null;
    if (column.name === there.name) continue;
    if (taken.has(column.name)) return null;
    renames.push([there.name, column.name]);
  }
  return renames;
}

function setOptions(
  wanted: View | MaterializedView,
  present: View | MaterializedView,
  target: string,
): readonly string[] {
  const [own, there] = [optionsOf(wanted), optionsOf(present)];
  const nameOf = (option: string) => option.slice(0, option.indexOf('='));
  const names = new Set(own.map(nameOf));
  const lost = there.map(nameOf).filter((name) => !names.has(name));
  const set = own.filter((option) => !there.includes(option));
  return [
    ...(lost.length === 0 ? [] : [`ALTER ${target} RESET (${lost.join(', ')});`]),
    ...(set.length === 0 ? [] : [`ALTER ${target} SET (${set.join(', ')});`]),
  ];
}

const optionsOf = (view: View | MaterializedView): readonly string[] =>
  view.kind === 'view' ? (view.options ?? []) : [];
