// renderConstraint: a constraint as it stands after ADD and in CREATE TABLE.
import {
  type Constraint,
  type Deferrability,
  type ExclusionConstraint,
  type ForeignKey,
  quoteIdentifier,
  type ReferentialAction,
} from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';
import { renderIndexKey } from './render-index.ts';

/**
 * `CONSTRAINT name …`. `columns` are the names of the table's, which only an exclusion constraint asks for: what it
 * excludes is one of them or an expression.
 */
export function renderConstraint(
  constraint: Constraint,
  naming: Naming,
  columns: ReadonlySet<string> = new Set(),
): string {
  const promise = renderPromise(constraint, naming, columns).filter((part) => part !== '');
  return `CONSTRAINT ${quoteIdentifier(constraint.name)} ${promise.join(' ')}`;
}

function renderPromise(
  constraint: Constraint,
  naming: Naming,
  columns: ReadonlySet<string>,
): readonly string[] {
  switch (constraint.kind) {
    case 'primary key':
      return [
        'PRIMARY KEY',
        renderKeyColumns(constraint),
        renderInclude(constraint.include),
        renderDeferrability(constraint.deferrability),
      ];
    case 'unique key':
      return [
        constraint.nullsDistinct ? 'UNIQUE' : 'UNIQUE NULLS NOT DISTINCT',
        renderKeyColumns(constraint),
        renderInclude(constraint.include),
        renderDeferrability(constraint.deferrability),
      ];
    case 'foreign key':
      return renderReference(constraint, naming);
    case 'check':
      return [
        `CHECK (${constraint.expression})`,
        constraint.noInherit === true ? 'NO INHERIT' : '',
        renderValidity(constraint),
      ];
    case 'exclusion constraint':
      return renderExclusion(constraint, columns);
  }
}

function renderReference(key: ForeignKey, naming: Naming): readonly string[] {
  const { columns, references, onDelete, onUpdate, onDeleteColumns, deferrability } = key;
  const period = key.period === true ? 'PERIOD ' : '';
  const table = renderName(references.schema, references.table, naming);
  return [
    `FOREIGN KEY ${renderNames(columns, period)}`,
    `REFERENCES ${table} ${renderNames(references.columns, period)}`,
    key.match === undefined ? '' : 'MATCH FULL',
    renderAction('ON UPDATE', onUpdate),
    renderAction('ON DELETE', onDelete),
    onDeleteColumns === undefined ? '' : renderNames(onDeleteColumns),
    renderDeferrability(deferrability),
    renderValidity(key),
  ];
}

function renderExclusion(
  { method, elements, include, predicate, deferrability }: ExclusionConstraint,
  columns: ReadonlySet<string>,
): readonly string[] {
  const parts = elements.map(({ key, operator }) => `${renderIndexKey(key, columns)} WITH ${operator}`);
  return [
    `EXCLUDE USING ${quoteIdentifier(method)} (${parts.join(', ')})`,
    renderInclude(include),
    predicate === null ? '' : `WHERE (${predicate})`,
    renderDeferrability(deferrability),
  ];
}

function renderKeyColumns(key: {
  readonly columns: readonly string[];
  readonly withoutOverlaps?: true;
}): string {
  const names = key.columns.map(quoteIdentifier).join(', ');
  return `(${names}${key.withoutOverlaps === true ? ' WITHOUT OVERLAPS' : ''})`;
}

/** `period` stands before the last one. */
function renderNames(names: readonly string[], period = ''): string {
  const last = names.length - 1;
  return `(${names.map((name, at) => (at === last ? period : '') + quoteIdentifier(name)).join(', ')})`;
}

function renderInclude(include: readonly string[] | undefined): string {
  return include === undefined || include.length === 0 ? '' : `INCLUDE ${renderNames(include)}`;
}

function renderAction(event: string, action: ReferentialAction): string {
  return action === 'no action' ? '' : `${event} ${action.toUpperCase()}`;
}

export function renderDeferrability(deferrability: Deferrability = 'not deferrable'): string {
  if (deferrability === 'not deferrable') return '';
  return deferrability === 'deferrable' ? 'DEFERRABLE' : 'DEFERRABLE INITIALLY DEFERRED';
}

/** What is not enforced is never validated (manual, CREATE TABLE, "NOT ENFORCED"). */
function renderValidity(constraint: { readonly validated: boolean; readonly enforced?: false }): string {
  if (constraint.enforced === false) return 'NOT ENFORCED';
  return constraint.validated ? '' : 'NOT VALID';
}
