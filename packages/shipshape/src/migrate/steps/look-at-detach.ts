// lookAtDetach: how far an ALTER TABLE … DETACH PARTITION … CONCURRENTLY came; one that was cut off is finalized.
import type { RangeVar } from 'libpg-query';
import type { Session } from '../../postgres/session.ts';
import { nameOfRelation } from './relation-name.ts';
import type { Look, Looker, Step } from './step.ts';

export const lookAtDetach: Looker = (session, step) => {
  const { node } = step.statement;
  if (!('AlterTableStmt' in node)) return null;
  const { relation, cmds = [] } = node.AlterTableStmt;
  for (const cmd of cmds) {
    const def = 'AlterTableCmd' in cmd ? cmd.AlterTableCmd.def : undefined;
    if (def === undefined || !('PartitionCmd' in def) || def.PartitionCmd.concurrent !== true) continue;
    return look(session, step, relation ?? {}, def.PartitionCmd.name ?? {});
  }
  return null;
};

async function look(session: Session, { begun }: Step, parent: RangeVar, child: RangeVar): Promise<Look> {
  const [whole, part] = [nameOfRelation(parent), nameOfRelation(child)];
  const { rows } = await session.query<{ there: boolean; pending: boolean | null }>(
    `SELECT to_regclass($2) IS NOT NULL AS there, (SELECT i.inhdetachpending FROM pg_inherits i
       WHERE i.inhparent = to_regclass($1) AND i.inhrelid = to_regclass($2)) AS pending`,
    [whole, part],
  );
  const { there = false, pending = null } = rows[0] ?? {};
  const expects = { parent: whole, partition: part };
  if (pending === true)
    return {
      state: 'half done',
      words: `${part} was half detached from ${whole}: the rest is done`,
      clear: [],
      instead: `ALTER TABLE ${whole} DETACH PARTITION ${part} FINALIZE`,
      expects,
    };
  if (there && pending === null && begun !== null)
    return { state: 'done', words: `${part} is detached from ${whole}`, expects };
  return { state: 'not done', expects };
}
