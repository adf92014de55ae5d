// What happens to rows, rights and settings in words.
import type { Node } from 'libpg-query';
import { quoteIdentifier } from '../../catalog/index.ts';
import type { ByKind } from '../statement.ts';
import type { Change } from './change.ts';
import { spellRelation } from './spell.ts';

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
  return (nodes ?? [])
    .map((node) => ('RangeVar' in node ? spellRelation(node.RangeVar) : quoteIdentifier('')))
    .join(', ');
}
