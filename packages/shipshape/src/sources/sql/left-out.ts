// isOfSchema: which statements of a dump are about the schema, and not about the environment, the cluster or rows.
import type { Node } from 'libpg-query';
import { type ByKind, type Statement, tell } from '../../postgres/statement.ts';

/** Roles, owners, grants, tablespaces, other databases and other servers are the environment's. */
const leftOut: ByKind<boolean> = {
  AlterOwnerStmt: () => true,
  ReassignOwnedStmt: () => true,
  DropOwnedStmt: () => true,
  GrantStmt: () => true,
  GrantRoleStmt: () => true,
  AlterDefaultPrivilegesStmt: () => true,
  SecLabelStmt: () => true,
  CreateRoleStmt: () => true,
  AlterRoleStmt: () => true,
  AlterRoleSetStmt: () => true,
  DropRoleStmt: () => true,
  CreatedbStmt: () => true,
  DropdbStmt: () => true,
  AlterDatabaseStmt: () => true,
  AlterDatabaseSetStmt: () => true,
  AlterDatabaseRefreshCollStmt: () => true,
  AlterSystemStmt: () => true,
  CreateTableSpaceStmt: () => true,
  AlterTableSpaceOptionsStmt: () => true,
  DropTableSpaceStmt: () => true,
  // A subscription calls the server that it names.
  CreateSubscriptionStmt: () => true,
  AlterSubscriptionStmt: () => true,
  DropSubscriptionStmt: () => true,
  CopyStmt: () => true,
  LockStmt: () => true,
  AlterTableStmt: ({ cmds }) => (cmds ?? []).every(isOwner),
  CommentStmt: ({ objtype }) =>
    ['OBJECT_DATABASE', 'OBJECT_ROLE', 'OBJECT_TABLESPACE', 'OBJECT_SUBSCRIPTION'].includes(objtype ?? ''),
  VariableSetStmt: ({ name, kind }) =>
    kind === 'VAR_SET_MULTI' ||
    ['role', 'session_authorization', 'default_tablespace', 'temp_tablespaces'].includes(name ?? ''),
};

export function isOfSchema({ node }: Statement): boolean {
  return tell(leftOut, node) !== true;
}

function isOwner(node: Node): boolean {
  return 'AlterTableCmd' in node && node.AlterTableCmd.subtype === 'AT_ChangeOwner';
}
