// What a table promises about its rows. A property that is left out has the value that PostgreSQL gives unasked.
import type { IndexKey } from './index-of-table.ts';

export type Deferrability = 'not deferrable' | 'deferrable' | 'initially deferred';
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface PrimaryKey {
  readonly kind: 'primary key';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  readonly deferrability?: Deferrability;
  /** The last column is a range that may not overlap (PostgreSQL 18). */
  readonly withoutOverlaps?: true;
}

export interface UniqueKey {
  readonly kind: 'unique key';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsDistinct: boolean;
  readonly deferrability: Deferrability;
  readonly include?: readonly string[];
  /** The last column is a range that may not overlap (PostgreSQL 18). */
  readonly withoutOverlaps?: true;
}

export interface ForeignKey {
  readonly kind: 'foreign key';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: {
    readonly schema: string;
    readonly table: string;
    readonly columns: readonly string[];
  };
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly deferrability: Deferrability;
  readonly validated: boolean;
  readonly match?: 'full';
  /** The columns that ON DELETE SET NULL or SET DEFAULT sets, where not all (PostgreSQL 15). */
  readonly onDeleteColumns?: readonly string[];
  /** The last column is a period (PostgreSQL 18). */
  readonly period?: true;
  readonly enforced?: false;
}

export interface Check {
  readonly kind: 'check';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  /** As `pg_get_expr` prints it. */
  readonly expression: string;
  readonly validated: boolean;
  readonly noInherit?: true;
  readonly enforced?: false;
}

export interface ExclusionConstraint {
  readonly kind: 'exclusion constraint';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly method: string;
  /** `operator` as SQL: `&&`, `OPERATOR(public.=)`. */
  readonly elements: readonly { readonly key: IndexKey; readonly operator: string }[];
  readonly include?: readonly string[];
  readonly predicate: string | null;
  readonly deferrability: Deferrability;
}

export type Constraint = PrimaryKey | UniqueKey | ForeignKey | Check | ExclusionConstraint;

const constraintKinds: readonly string[] = [
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'exclusion constraint',
] satisfies readonly Constraint['kind'][];

export function isConstraint(object: { readonly kind: string }): object is Constraint {
  return constraintKinds.includes(object.kind);
}
