// lookAtNamed: databases, tablespaces and subscriptions, which are there whole or not at all.
import type { Session } from '../../postgres/session.ts';
import { type ByKind, tell } from '../../postgres/statement.ts';
import type { Look, Looker, Step } from './step.ts';

interface Named {
  readonly act: 'create' | 'drop';
  readonly kind: keyof typeof catalogs;
  readonly name: string;
}

const catalogs = {
  database: 'SELECT FROM pg_database WHERE datname = $1',
  tablespace: 'SELECT FROM pg_tablespace WHERE spcname = $1',
  subscription: `SELECT FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
    WHERE s.subname = $1 AND d.datname = current_database()`,
} as const;

const named: ByKind<Named> = {
  CreatedbStmt: ({ dbname = '' }) => ({ act: 'create', kind: 'database', name: dbname }),
  DropdbStmt: ({ dbname = '' }) => ({ act: 'drop', kind: 'database', name: dbname }),
  CreateTableSpaceStmt: ({ tablespacename = '' }) => ({
    act: 'create',
    kind: 'tablespace',
    name: tablespacename,
  }),
  DropTableSpaceStmt: ({ tablespacename = '' }) => ({
    act: 'drop',
    kind: 'tablespace',
    name: tablespacename,
  }),
  CreateSubscriptionStmt: ({ subname = '' }) => ({ act: 'create', kind: 'subscription', name: subname }),
};

export const lookAtNamed: Looker = (session, step) => {
  const thing = tell(named, step.statement.node);
  return thing === undefined ? null : look(session, step, thing);
};

async function look(session: Session, { begun }: Step, { act, kind, name }: Named): Promise<Look> {
  const { rows } = await session.query(catalogs[kind], [name]);
  const there = rows.length > 0;
  const known = (begun?.expects as { readonly there: boolean } | null) ?? null;
  // What was so before the step began is none of its doing: the statement says what it makes of that.
  const expects = { there: known?.there ?? there };
  const wanted = act === 'create';
  return known !== null && known.there !== wanted && there === wanted
    ? { state: 'done', words: `${kind} ${name} is ${there ? 'there' : 'gone'}`, expects }
    : { state: 'not done', expects };
}
