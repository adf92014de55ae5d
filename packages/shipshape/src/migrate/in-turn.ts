// inTurn: a session that several at once may ask: heartbeat, observer and whoever cancels share one connection.
import type { OwnSession, Result } from '../postgres/session.ts';

/** Each query is sent when the one before is answered, well or not: the driver wants it so (pg 9 will insist). */
export function inTurn(session: OwnSession): OwnSession {
  let last: Promise<unknown> = Promise.resolve();
  return {
    get pid() {
      return session.pid;
    },
    lost: session.lost,
    onNotice: session.onNotice,
    destroy: session.destroy,
    query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>> {
      const answer = last.then(() => session.query<Row>(text, values));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => session.close(),
  };
}
