// What a table promises about its rows.

export type Deferrability = 'not deferrable' | 'deferrable' | 'initially deferred';
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface PrimaryKey {
  readonly kind: 'primary key';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export interface UniqueKey {
  readonly kind: 'unique key';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsDistinct: boolean;
  readonly deferrability: Deferrability;
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
}

export interface Check {
  readonly kind: 'check';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  /** As `pg_get_expr` prints it. */
  readonly expression: string;
  readonly validated: boolean;
}

export type Constraint = PrimaryKey | UniqueKey | ForeignKey | Check;
