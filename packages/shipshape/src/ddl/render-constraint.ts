// renderConstraint: a constraint as it stands after ADD and in CREATE TABLE.
import {
  type Constraint,
  type Deferrability,
  quoteIdentifier,
  type ReferentialAction,
} from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/** `CONSTRAINT name …` */
export function renderConstraint(constraint: Constraint, naming: Naming): string {
  const promise = renderPromise(constraint, naming).filter((part) => part !== '');
  return `CONSTRAINT ${quoteIdentifier(constraint.name)} ${promise.join(' ')}`;
}

function renderPromise(constraint: Constraint, naming: Naming): readonly string[] {
  switch (constraint.kind) {
    case 'primary key':
      return [`PRIMARY KEY ${renderNames(constraint.columns)}`];
    case 'unique key':
      return [
        constraint.nullsDistinct ? 'UNIQUE' : 'UNIQUE NULLS NOT DISTINCT',
        renderNames(constraint.columns),
        renderDeferrability(constraint.deferrability),
      ];
    case 'foreign key': {
      const { columns, references, onDelete, onUpdate, deferrability, validated } = constraint;
      return [
        `FOREIGN KEY ${renderNames(columns)}`,
        `REFERENCES ${renderName(references.schema, references.table, naming)} ${renderNames(references.columns)}`,
        renderAction('ON DELETE', onDelete),
        renderAction('ON UPDATE', onUpdate),
        renderDeferrability(deferrability),
        validated ? '' : 'NOT VALID',
      ];
    }
    case 'check':
      return [`CHECK (${constraint.expression})`, constraint.validated ? '' : 'NOT VALID'];
    case 'exclusion constraint':
      throw new Error('exclusion constraints are not rendered yet');
  }
}

function renderNames(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}

function renderAction(event: string, action: ReferentialAction): string {
  return action === 'no action' ? '' : `${event} ${action.toUpperCase()}`;
}

function renderDeferrability(deferrability: Deferrability): string {
  if (deferrability === 'not deferrable') return '';
  return deferrability === 'deferrable' ? 'DEFERRABLE' : 'DEFERRABLE INITIALLY DEFERRED';
}
