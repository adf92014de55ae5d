// A client of pg as a Session of ours.
import type { Client, QueryConfig, QueryResult } from 'pg';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { DatabaseError } from './database-error.ts';
import type { Notice, OwnSession, Result } from './session.ts';

/** How long a farewell may take before the connection is cut: a frozen server never answers it. */
const farewellMs = 2000;

/** pg's connection, as far as it is looked at and handled here. */
interface Wire extends NodeJS.EventEmitter {
  readonly stream: { cork(): void; uncork(): void };
}

/** To be called before the client connects, so that no error of it goes unheard. */
export function makeSession(client: Client, destroy: () => void, display: string): OwnSession {
  let lostBecause: Error | null = null;
  const lost = new Promise<Error>((resolve) => {
    const lose = (reason: Error) => {
      lostBecause ??= reason;
      resolve(lostBecause);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection was closed')));
  });
  // One message for each statement of a text (manual 54.2.2.1); pg drops what it had gathered when one of them fails.
  let completed = 0;
  const before = new WeakMap<Error, number>();
  const { connection } = client as unknown as { readonly connection: Wire };
  connection.on('commandComplete', () => {
    completed++;
  });
  connection.on('errorMessage', (error: Error) => before.set(error, completed));
  // Of what is asked and not answered, in order.
  const remarks: Notice[][] = [];
  client.on('notice', ({ code, message }) =>
    remarks[0]?.push({ sqlstate: code ?? '', message: message ?? '' }),
  );
  connection.on('readyForQuery', () => {
    completed = 0;
    remarks.shift();
  });
  let serverVersion = '';
  connection.on('parameterStatus', (told: { parameterName: string; parameterValue: string }) => {
    if (told.parameterName === 'server_version') serverVersion = told.parameterValue;
  });
  // Versions of pg that cannot send ahead would keep what is asked meanwhile, and complain.
  let last: Promise<unknown> = Promise.resolve();
  const behindOthers = <T>(send: () => Promise<T>): Promise<T> => {
    if ((client as { readonly pipeline?: boolean }).pipeline === true) return send();
    const answer = last.then(send);
    last = answer.catch(() => undefined);
    return answer;
  };
  let patienceMs: number | null = null;
  const giveUp = () => {
    lostBecause ??= new Error(`the server did not answer within ${Math.round((patienceMs ?? 0) / 1000)} s`);
    destroy();
  };
  const ask = async (config: QueryConfig): Promise<readonly Result<unknown>[]> => {
    const timer = patienceMs === null ? undefined : setTimeout(giveUp, patienceMs);
    try {
      // What is asked in one breath is sent in one piece: each piece would wake the server for itself.
      connection.stream.cork();
      process.nextTick(() => connection.stream.uncork());
      const notices: Notice[] = [];
      const answer: QueryResult | QueryResult[] = await behindOthers(() => {
        remarks.push(notices);
        return client.query(config);
      });
      return [answer]
        .flat()
        .map(({ rows, command, rowCount }) => ({ rows, command: command ?? '', rowCount, notices }));
    } catch (error) {
      throw explainQueryError(error, before, lostBecause, display);
    } finally {
      clearTimeout(timer);
    }
  };
  const close = async () => {
    const timer = setTimeout(destroy, farewellMs);
    await client.end().finally(() => clearTimeout(timer));
  };
  return {
    get pid() {
      return (client as unknown as { readonly processID: number }).processID;
    },
    lost,
    destroy,
    answerWithin(milliseconds) {
      patienceMs = milliseconds;
    },
    async query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>> {
      // pg would send an empty list of values by the simple protocol, which takes several statements.
      const config: QueryConfig & { queryMode?: 'extended' } =
        values === undefined ? { text } : { text, values: [...values], queryMode: 'extended' };
      // Of several statements in one text, what is asked about is the last.
      return (await ask(config)).at(-1) as Result<Row>;
    },
    queryAll: (text) => ask({ text }),
    get serverVersion() {
      return serverVersion;
    },
    close,
    leave: () => void close(),
  };
}

/** What the server refused, as DatabaseError; a connection that is gone, as `connection-lost`; a fault of ours as it is. */
function explainQueryError(
  error: unknown,
  completed: WeakMap<Error, number>,
  lostBecause: Error | null,
  display: string,
): unknown {
  if (!(error instanceof Error)) return error;
  const fields = error as Error & {
    code?: string;
    detail?: string;
    hint?: string;
    position?: string;
    severity?: string;
  };
  if (fields.severity !== undefined && fields.code !== undefined)
    return new DatabaseError(
      error.message,
      {
        sqlstate: fields.code,
        detail: fields.detail ?? null,
        hint: fields.hint ?? null,
        position: fields.position === undefined ? null : Number(fields.position),
        completed: completed.get(error) ?? 0,
      },
      { cause: error },
    );
  const gone = lostBecause !== null || /^Connection terminated|not queryable|was closed/.test(error.message);
  if (!gone) return error;
  const reason = lostBecause?.message ?? error.message;
  return new ShipshapeError([makeFinding('connection-lost', { target: display, reason })], { cause: error });
}
