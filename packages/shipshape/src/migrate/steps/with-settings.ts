// withSettings: a session as a statement needs it that runs alone in its message.
import type { Node } from 'libpg-query';
import type { Statement } from '../../postgres/statement.ts';
import type { Scene } from '../scene.ts';
import type { Step } from './step.ts';

/**
 * No time-out for what blocks nobody while it waits. Nor is a statement given up when its client is gone, since a build that
 * the server brings to its end is recognised afterwards. What the file SETs wins.
 */
export async function withSettings<T>(
  { runner, order }: Scene,
  step: Step,
  work: () => Promise<T>,
): Promise<T> {
  const session = runner.work;
  const limit = step.migration.header?.lockTimeoutMs ?? order.lockTimeoutMs;
  const lockTimeout = stopsOthers(step.statement) ? Math.round(limit) : 0;
  await session.query(`SET lock_timeout = ${lockTimeout}; SET statement_timeout = 0; SET client_connection_check_interval = 0;
    SET default_transaction_read_only = off ${runner.versionNumber >= 170_000 ? '; SET transaction_timeout = 0' : ''}`);
  try {
    for (const setting of step.settings) await session.query(setting.text);
    return await work();
  } finally {
    // A session that cannot be set right is not worked with.
    await session
      .query(`RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; ${runner.settings.join('; ')}`)
      .catch(() => session.destroy());
  }
}

/** Those of the statements without a transaction that take locks which readers or writers queue behind (manual 13.3). */
function stopsOthers({ node }: Statement): boolean {
  const has = (options: readonly Node[] | undefined, name: string) =>
    (options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === name);
  if ('VacuumStmt' in node) return has(node.VacuumStmt.options, 'full');
  if ('ReindexStmt' in node) return !has(node.ReindexStmt.params, 'concurrently');
  return 'ClusterStmt' in node;
}
