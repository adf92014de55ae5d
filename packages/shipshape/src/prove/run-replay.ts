// runReplay: the team's own tool run on a scratch database, with nothing of it left there.
import { describeSessions, others } from '../migrate/command/describe-sessions.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import { runCommand } from '../migrate/command/run-command.ts';
import type { Session } from '../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

const defaultSeconds = 120;

/**
 * `session` is one of ours in the same database. Throws ShipshapeError `replay-failed` or `replay-hung`; no process and
 * no session of the command is left then.
 */
export async function runReplay(
  { cwd, timeoutSeconds = defaultSeconds }: ReplayCommand,
  command: string,
  variables: Readonly<Record<string, string>>,
  session: Session,
): Promise<void> {
  try {
    const describe = () => describeSessions(session, 'all');
    const end = await runCommand({ command, cwd, timeoutSeconds, variables, describe });
    const { output } = end;
    if (end.kind === 'hung') {
      const data = { command, seconds: timeoutSeconds, sessions: end.sessions, output };
      throw new ShipshapeError([makeFinding('replay-hung', data)]);
    }
    if (end.kind === 'failed')
      throw new ShipshapeError([makeFinding('replay-failed', { command, how: end.how, output })]);
  } finally {
    await endSessions(session);
  }
}

/** A backend that waits for a lock does not notice that its client is gone. */
async function endSessions(session: Session): Promise<void> {
  await session.query(`SELECT pg_catalog.pg_terminate_backend(pid) ${others}`);
}
