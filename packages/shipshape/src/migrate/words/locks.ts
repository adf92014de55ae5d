// lockOf: the strongest lock that a statement takes on a table which is there, as the manual says it (13.3.1, ALTER TABLE).
import type { AlterTableStmt, Node } from 'libpg-query';
import { type ByKind, type Statement, tell } from '../../postgres/statement.ts';

/** From the weakest to the strongest of those that a statement can take here. */
const modes = [
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

export type LockMode = (typeof modes)[number];

/** Null where it takes none on a table that is there, and where that cannot be told from its text (DO, a function). */
export function lockOf(statement: Statement): LockMode | null {
  return tell(locks, statement.node) ?? null;
}

/** Who cannot use the table meanwhile. */
export function whoWaits(mode: LockMode): string {
  if (mode === 'ROW EXCLUSIVE') return 'who changes the same rows waits';
  if (mode === 'ACCESS EXCLUSIVE') return 'readers and writers wait';
  return modes.indexOf(mode) < modes.indexOf('SHARE') ? 'nobody waits' : 'writers wait';
}

function strongest(found: readonly (LockMode | null)[]): LockMode | null {
  const at = Math.max(...found.map((mode) => (mode === null ? -1 : modes.indexOf(mode))));
  return modes[at] ?? null;
}

const locks: ByKind<LockMode | null> = {
  AlterTableStmt: (statement) => strongest((statement.cmds ?? []).map((cmd) => lockOfClause(statement, cmd))),
  RenameStmt: ({ renameType }) => {
    if (renameType === 'OBJECT_INDEX') return 'SHARE UPDATE EXCLUSIVE';
    const ofRelations = [
      'OBJECT_TABLE',
      'OBJECT_COLUMN',
      'OBJECT_VIEW',
      'OBJECT_MATVIEW',
      'OBJECT_TABCONSTRAINT',
    ];
    return ofRelations.includes(renameType ?? '') ? 'ACCESS EXCLUSIVE' : null;
  },
  CreateStmt: ({ tableElts, inhRelations, partbound }) => {
    if (partbound !== undefined) return 'ACCESS EXCLUSIVE';
    const parents = (inhRelations ?? []).length > 0 ? ('SHARE UPDATE EXCLUSIVE' as const) : null;
    return strongest([parents, ...(tableElts ?? []).map(lockOfReference)]);
  },
  IndexStmt: ({ concurrent }) => (concurrent === true ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
  ReindexStmt: ({ params }) =>
    hasOption(params, 'concurrently') ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE',
  DropStmt: ({ removeType, concurrent }) => {
    if (concurrent === true) return 'SHARE UPDATE EXCLUSIVE';
    const relations = ['TABLE', 'INDEX', 'VIEW', 'MATVIEW', 'TRIGGER', 'POLICY', 'RULE', 'FOREIGN_TABLE'];
    return relations.some((kind) => removeType === `OBJECT_${kind}`) ? 'ACCESS EXCLUSIVE' : null;
  },
  TruncateStmt: () => 'ACCESS EXCLUSIVE',
  CreateTrigStmt: () => 'SHARE ROW EXCLUSIVE',
  CreatePolicyStmt: () => 'ACCESS EXCLUSIVE',
  AlterPolicyStmt: () => 'ACCESS EXCLUSIVE',
  RuleStmt: () => 'ACCESS EXCLUSIVE',
  RefreshMatViewStmt: ({ concurrent }) => (concurrent === true ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
  VacuumStmt: ({ options }) => (hasOption(options, 'full') ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
  ClusterStmt: () => 'ACCESS EXCLUSIVE',
  InsertStmt: () => 'ROW EXCLUSIVE',
  UpdateStmt: () => 'ROW EXCLUSIVE',
  DeleteStmt: () => 'ROW EXCLUSIVE',
  MergeStmt: () => 'ROW EXCLUSIVE',
};

function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((node) => 'DefElem' in node && node.DefElem.defname === name);
}

/** A new table's foreign key puts a trigger on the table that it refers to. */
function lockOfReference(element: Node): LockMode | null {
  const refers = (node: Node) => 'Constraint' in node && node.Constraint.contype === 'CONSTR_FOREIGN';
  const parts = 'ColumnDef' in element ? (element.ColumnDef.constraints ?? []) : [element];
  return parts.some(refers) ? 'SHARE ROW EXCLUSIVE' : null;
}

function lockOfClause({ objtype }: AlterTableStmt, node: Node): LockMode | null {
  if (!('AlterTableCmd' in node)) return null;
  const { subtype, def } = node.AlterTableCmd;
  if (subtype === undefined) return null;
  if (objtype === 'OBJECT_SEQUENCE' || objtype === 'OBJECT_TYPE') return null;
  if (objtype === 'OBJECT_TABLE' && light.has(subtype)) return 'SHARE UPDATE EXCLUSIVE';
  if (/^AT_(Enable|Disable)(Always|Replica)?Trig/.test(subtype)) return 'SHARE ROW EXCLUSIVE';
  if (subtype === 'AT_AddConstraint' && def !== undefined) return lockOfReference(def) ?? 'ACCESS EXCLUSIVE';
  if (
    subtype === 'AT_DetachPartition' &&
    def !== undefined &&
    'PartitionCmd' in def &&
    def.PartitionCmd.concurrent === true
  )
    return 'SHARE UPDATE EXCLUSIVE';
  // ATTACH PARTITION locks the partition so, and the table that gets it less.
  return 'ACCESS EXCLUSIVE';
}

const light: ReadonlySet<string> = new Set([
  'AT_ValidateConstraint',
  'AT_SetStatistics',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
]);
