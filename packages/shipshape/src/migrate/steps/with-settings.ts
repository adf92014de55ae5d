// withSettings: a session as a statement needs it that runs alone in its message.
import type { Scene } from '../scene.ts';
import type { Step } from './step.ts';

/**
 * No time-out: what runs here blocks no writers while it waits. Nor is it given up when its client is gone, since a build
 * that the server brings to its end is recognised afterwards. What the file SETs wins.
 */
export async function withSettings<T>({ runner }: Scene, step: Step, work: () => Promise<T>): Promise<T> {
  const session = runner.work;
  await session.query(`SET lock_timeout = 0; SET statement_timeout = 0; SET client_connection_check_interval = 0
    ${runner.versionNumber >= 170_000 ? '; SET transaction_timeout = 0' : ''}`);
  try {
    for (const setting of step.settings) await session.query(setting.text);
    return await work();
  } finally {
    // A session that cannot be set right is not worked with.
    await session
      .query(`RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; ${runner.settings}`)
      .catch(() => session.destroy());
  }
}
