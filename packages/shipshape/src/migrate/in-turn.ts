// inTurn: a session that several at once may ask: heartbeat, observer and whoever cancels share one connection.
import type { OwnSession } from '../postgres/session.ts';

/** Each query is sent when the one before is answered, well or not: the driver wants it so (pg 9 will insist). */
export function inTurn(session: OwnSession): OwnSession {
  let last: Promise<unknown> = Promise.resolve();
  const behind = <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = last.then(ask);
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    get pid() {
      return session.pid;
    },
    lost: session.lost,
    destroy: session.destroy,
    answerWithin: session.answerWithin,
    get serverVersion() {
      return session.serverVersion;
    },
    query: <Row>(text: string, values?: readonly unknown[]) => behind(() => session.query<Row>(text, values)),
    queryAll: (text) => behind(() => session.queryAll(text)),
    close: () => session.close(),
    leave: session.leave,
  };
}
