// renderConstraint: the statement that adds a constraint to a table that is there.
import {
  type Constraint,
  type Deferrability,
  quoteIdentifier,
  quoteQualified,
  type ReferentialAction,
} from '../catalog/index.ts';

export function renderConstraint(constraint: Constraint): string {
  const table = quoteQualified(constraint.schema, constraint.table);
  const promise = renderPromise(constraint).filter((part) => part !== '');
  return `ALTER TABLE ${table} ADD CONSTRAINT ${quoteIdentifier(constraint.name)} ${promise.join(' ')}`;
}

function renderPromise(constraint: Constraint): readonly string[] {
  switch (constraint.kind) {
    case 'primary key':
      return [`PRIMARY KEY ${renderNames(constraint.columns)}`];
    case 'unique key':
      return [
        constraint.nullsDistinct ? 'UNIQUE' : 'UNIQUE NULLS NOT DISTINCT',
        renderNames(constraint.columns),
        renderDeferrability(constraint.deferrability),
      ];
    case 'foreign key':
      return [
        `FOREIGN KEY ${renderNames(constraint.columns)}`,
        `REFERENCES ${quoteQualified(constraint.references.schema, constraint.references.table)}`,
        renderNames(constraint.references.columns),
        renderAction('ON UPDATE', constraint.onUpdate),
        renderAction('ON DELETE', constraint.onDelete),
        renderDeferrability(constraint.deferrability),
        constraint.validated ? '' : 'NOT VALID',
      ];
    case 'check':
      return [`CHECK (${constraint.expression})`, constraint.validated ? '' : 'NOT VALID'];
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
