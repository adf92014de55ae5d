// What happens to rows, rights and settings in words.
import type { Node } from 'libpg-query';
import { type Change, quoteIdentifier } from '../../catalog/index.ts';
import type { ByKind } from '../../postgres/statement.ts';
import { spellObject, spellRelation } from './spell.ts';

export const rows: ByKind<readonly Change[]> = {
  UpdateStmt: ({ relation }) => [{ verb: 'update', what: `of ${spellRelation(relation)}`, counted: true }],
  InsertStmt: ({ relation }) => [{ verb: 'insert', what: `into ${spellRelation(relation)}`, counted: true }],
  DeleteStmt: ({ relation }) => [{ verb: 'delete', what: `of ${spellRelation(relation)}`, counted: true }],
  MergeStmt: ({ relation }) => [{ verb: 'merge', what: `into ${spellRelation(relation)}`, counted: true }],
  CopyStmt: ({ relation, is_from }) => [
    { verb: 'copy', what: `${is_from === true ? 'into' : 'from'} ${spellRelation(relation)}`, counted: true },
  ],
  TruncateStmt: ({ relations }) => [{ verb: 'truncate', what: relationsIn(relations) }],
  LockStmt: ({ relations }) => [{ verb: 'lock', what: relationsIn(relations) }],
  RefreshMatViewStmt: ({ relation }) => [
    { verb: 'refresh', what: `materialized view ${spellRelation(relation)}` },
  ],
  GrantStmt: ({ is_grant, privileges, targtype, objects, grantees }) => {
    const rights = (privileges ?? [])
      .map((node) => ('AccessPriv' in node ? node.AccessPriv.priv_name : ''))
      .join(', ');
    const on =
      targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? `everything in ${objectsIn(objects)}` : objectsIn(objects);
    const what = `${rights || 'all rights'} on ${on} ${is_grant === true ? 'to' : 'from'} ${rolesIn(grantees)}`;
    return [{ verb: is_grant === true ? 'grant' : 'revoke', what }];
  },
  SelectStmt: () => [{ verb: 'run', what: 'a query' }],
  DoStmt: () => [{ verb: 'run', what: 'a DO block' }],
  VariableSetStmt: ({ kind, name }) => [
    {
      verb: kind === 'VAR_RESET_ALL' ? 'run' : 'set',
      what: kind === 'VAR_RESET_ALL' ? 'RESET ALL' : (name ?? ''),
    },
  ],
};

function relationsIn(nodes: readonly Node[] | undefined): string {
  return (nodes ?? []).map((node) => ('RangeVar' in node ? spellRelation(node.RangeVar) : '')).join(', ');
}

function objectsIn(nodes: readonly Node[] | undefined): string {
  return (nodes ?? []).map(spellObject).join(', ');
}

function rolesIn(nodes: readonly Node[] | undefined): string {
  return (nodes ?? [])
    .map((node) => ('RoleSpec' in node ? node.RoleSpec : {}))
    .map(({ rolename, roletype }) =>
      rolename === undefined
        ? (roletype ?? '').replace('ROLESPEC_', '').toLowerCase()
        : quoteIdentifier(rolename),
    )
    .join(', ');
}
