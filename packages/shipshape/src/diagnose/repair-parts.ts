// Constraints and indexes as SQL, and what of them a column takes with it when it goes.
import {
  type CatalogObject,
  type Column,
  type Constraint,
  type Deferrability,
  type Index,
  type IndexKey,
  quoteIdentifier,
} from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

const list = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ');

const deferred: Readonly<Record<Deferrability, string>> = {
  'not deferrable': '',
  deferrable: ' DEFERRABLE',
  'initially deferred': ' DEFERRABLE INITIALLY DEFERRED',
};

/** `CONSTRAINT name …`, as after ADD and in CREATE TABLE. */
export function renderConstraint(constraint: Constraint, naming: Naming): string {
  return `CONSTRAINT ${quoteIdentifier(constraint.name)} ${renderPromise(constraint, naming)}`;
}

function renderPromise(constraint: Constraint, naming: Naming): string {
  switch (constraint.kind) {
    case 'primary key':
      return `PRIMARY KEY (${list(constraint.columns)})`;
    case 'unique key': {
      const nulls = constraint.nullsDistinct ? '' : ' NULLS NOT DISTINCT';
      return `UNIQUE${nulls} (${list(constraint.columns)})${deferred[constraint.deferrability]}`;
    }
    case 'foreign key': {
      const { columns, references, onDelete, onUpdate, deferrability, validated } = constraint;
      const far = `${renderName(references.schema, references.table, naming)} (${list(references.columns)})`;
      const acts = [
        onDelete === 'no action' ? '' : ` ON DELETE ${onDelete.toUpperCase()}`,
        onUpdate === 'no action' ? '' : ` ON UPDATE ${onUpdate.toUpperCase()}`,
      ];
      return `FOREIGN KEY (${list(columns)}) REFERENCES ${far}${acts.join('')}${deferred[deferrability]}${validated ? '' : ' NOT VALID'}`;
    }
    case 'check':
      return `CHECK (${constraint.expression})${constraint.validated ? '' : ' NOT VALID'}`;
  }
}

/** `columns`: those of the index's table, since a key is a column's bare name or an expression. */
export function renderIndex(index: Index, columns: ReadonlySet<string>, naming: Naming): string {
  const { unique, method, keys, include, nullsDistinct, predicate } = index;
  return [
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${naming.repeatable === true ? 'IF NOT EXISTS ' : ''}${quoteIdentifier(index.name)}`,
    ` ON ${renderName(index.schema, index.table, naming)}`,
    method === 'btree' ? '' : ` USING ${method}`,
    ` (${keys.map((key) => renderKey(key, columns)).join(', ')})`,
    include.length === 0 ? '' : ` INCLUDE (${list(include)})`,
    unique && !nullsDistinct ? ' NULLS NOT DISTINCT' : '',
    predicate === null ? '' : ` WHERE ${predicate}`,
    ';',
  ].join('');
}

function renderKey(
  { expression, opclass, descending, nulls }: IndexKey,
  columns: ReadonlySet<string>,
): string {
  return [
    columns.has(expression) ? quoteIdentifier(expression) : expression,
    ...(opclass === null ? [] : [opclass]),
    ...(descending ? ['DESC'] : []),
    ...(nulls === (descending ? 'first' : 'last') ? [] : [`NULLS ${nulls.toUpperCase()}`]),
  ].join(' ');
}

export function columnNames(parts: readonly CatalogObject[]): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => (part.kind === 'column' ? [part.name] : [])));
}

/**
 * What went away with columns, each told with the last of them in the order in which they are brought back. `lost`: all
 * columns of the table that are gone; `parts`: what was in it.
 */
export function goneWith(
  column: Column,
  lost: readonly Column[],
  parts: readonly CatalogObject[],
): readonly CatalogObject[] {
  return parts.filter((part) => lost.findLast((each) => goesWith(part, each)) === column);
}

/** DROP COLUMN takes with it what is about the column (manual, ALTER TABLE). */
export function goesWith(part: CatalogObject, { schema, table, name }: Column): boolean {
  if (!('table' in part) || part.schema !== schema || part.table !== table) return false;
  const mentions = (text: string | null) => text !== null && mentionsName(text, name);
  switch (part.kind) {
    case 'column':
      return false;
    case 'check':
      return mentions(part.expression);
    case 'index':
      return (
        part.keys.some(({ expression }) => expression === name || mentions(expression)) ||
        part.include.includes(name) ||
        mentions(part.predicate)
      );
    default:
      return part.columns.includes(name);
  }
}

function mentionsName(text: string, name: string): boolean {
  const escaped = quoteIdentifier(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$"])${escaped}(?![\\w$"])`).test(text);
}
