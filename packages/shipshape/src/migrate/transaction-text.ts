// What is sent around a migration's statements: how its transaction opens and how it closes.
import { ownPrepared } from '../postgres/own-prepared.ts';
import type { Header } from './header.ts';
import { fence } from './hold-fence.ts';
import { ledgerEntry } from './ledger.ts';
import { renderPrepare } from './own-statement.ts';
import type { PreparedState } from './runner.ts';
import type { Scene } from './scene.ts';
import { searchPathOf } from './tenant-path.ts';

const ownStatements = [fence, ledgerEntry];
const names = ownStatements.map(({ name }) => `"${ownPrepared}${name}"`).join();

/**
 * In read committed whatever the role's default is: the fence's row is then seen as it is and not as it was.
 * DEALLOCATE stands here because a rollback does not undo PREPARE, and an attempt may be the second; it takes our own with it,
 * which are prepared again behind it. `trusting`: not where all seems well, as the server has not said.
 */
export function opening({ order, runner }: Scene, header: Header | undefined, trusting: boolean): string {
  const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';
  const first = runner.pooled ? ['SET LOCAL statement_timeout = 0'] : clearing(runner.prepared, trusting);
  return [begin, ...first, ...limits({ order, runner }, header)].join('; ');
}

function clearing(prepared: PreparedState, trusting: boolean): readonly string[] {
  if (prepared.what === 'ours' || (trusting && prepared.what === 'ours, it seems')) return [];
  prepared.what = 'ours, it seems';
  prepared.cleared += 1;
  return ['DEALLOCATE ALL', ...ownStatements.map(renderPrepare)];
}

/**
 * Deferred constraints speak now, and not at COMMIT; then everything that the file has set for itself ends with it:
 * role, settings, temporary tables. What DISCARD ALL would do, save that our session lock stays.
 */
export async function close(scene: Scene, header: Header | undefined): Promise<void> {
  const { runner } = scene;
  const asks = runner.pooled ? [] : [isSpoilt];
  const { rowCount } = await runner.work.query([...closing(scene, header), ...asks].join('; '));
  if (!runner.pooled) runner.prepared.what = rowCount === 0 ? 'ours' : 'unknown';
}

/** A row where the file has left others prepared, or has cleared ours away. */
const isSpoilt = `SELECT FROM pg_catalog.pg_prepared_statements
    HAVING count(*) FILTER (WHERE name NOT LIKE '${ownPrepared}%') > 0
        OR count(*) FILTER (WHERE name = ANY ('{${names}}')) < ${ownStatements.length}`;

export function closing(scene: Scene, header: Header | undefined): readonly string[] {
  // What would stay behind in somebody else's session was refused before (refuse-behind-pooler.ts).
  if (scene.runner.pooled) return ['SET CONSTRAINTS ALL IMMEDIATE', 'CLOSE ALL', ...limits(scene, header)];
  return [
    'SET CONSTRAINTS ALL IMMEDIATE',
    'CLOSE ALL',
    'UNLISTEN *',
    'RESET SESSION AUTHORIZATION',
    'RESET ROLE',
    'RESET ALL',
    ...scene.runner.settings,
    ...limits(scene, header),
    'DISCARD TEMP',
    'DISCARD SEQUENCES',
  ];
}

/** A migration may take long; waiting for a lock may not, nor may a runner that has been stopped keep what it holds. */
export function limits(
  { order, runner }: Pick<Scene, 'order' | 'runner'>,
  header: Header | undefined,
): readonly string[] {
  const limit = (name: string, milliseconds: number) => `SET LOCAL ${name} = ${Math.round(milliseconds)}`;
  return [
    limit('lock_timeout', header?.lockTimeoutMs ?? order.lockTimeoutMs),
    limit('idle_in_transaction_session_timeout', order.leaseSeconds * 1000),
    ...(runner.versionNumber >= 170_000 ? [limit('transaction_timeout', 0)] : []),
    // Elsewhere the session has it (openRunner).
    ...(runner.pooled ? searchPathOf(runner.scope, 'transaction') : []),
  ];
}
