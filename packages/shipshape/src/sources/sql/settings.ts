// openSettings: what a script sets for its own session, and takes back.
import { DatabaseError } from '../../postgres/database-error.ts';
import type { Session } from '../../postgres/session.ts';
import { type ByKind, type Statement, tell } from '../../postgres/statement.ts';

/** `set`: for the session; `set here`: until the transaction's end; `end`: of the transaction. */
type Setting = 'set' | 'set here' | 'end' | 'begin';

const settings: ByKind<Setting | undefined> = {
  VariableSetStmt: ({ is_local: local }) => (local === true ? 'set here' : 'set'),
  DiscardStmt: () => 'set',
  TransactionStmt: ({ kind }) =>
    kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK' ? 'end' : 'begin',
  SelectStmt: ({ targetList }) => {
    const [target, ...more] = targetList ?? [];
    if (target === undefined || more.length > 0 || !('ResTarget' in target)) return undefined;
    const { val } = target.ResTarget;
    if (val === undefined || !('FuncCall' in val)) return undefined;
    const name = val.FuncCall.funcname?.at(-1);
    if (name === undefined || !('String' in name) || name.String.sval !== 'set_config') return undefined;
    const local = val.FuncCall.args?.at(2);
    const isLocal = local !== undefined && 'A_Const' in local && local.A_Const.boolval?.boolval === true;
    return isLocal ? 'set here' : 'set';
  },
};

/** True for what has to be said again whenever a later statement of the script is run again. */
export function isSetting({ node }: Statement): boolean {
  return tell(settings, node) !== undefined;
}

/**
 * The statements of a script run one transaction each, so that each can be tried again; `SET LOCAL` therefore holds
 * until the script's own COMMIT or ROLLBACK. Throws DatabaseError.
 */
export async function openSettings(session: Session): Promise<{ run(statement: Statement): Promise<void> }> {
  await session.query('RESET ALL');
  let outside: ReadonlyMap<string, string> | null = null;
  return {
    async run({ text, node }) {
      switch (tell(settings, node)) {
        case 'begin':
          return;
        case 'end':
          if (outside !== null) await restore(session, outside);
          outside = null;
          return;
        case 'set here':
          outside ??= await readSettings(session);
          await setForSession(text, session);
          return;
        default:
          await set(text, session);
      }
    },
  };
}

/** A setting that this version of the server does not have (42704) says nothing about the schema. */
async function set(text: string, session: Session): Promise<void> {
  try {
    await session.query(text);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.sqlstate === '42704')) throw error;
  }
}

/** The server itself says what the setting comes to: it is set in a transaction, read, and set again outside. */
async function setForSession(text: string, session: Session): Promise<void> {
  await session.query('BEGIN');
  let inside: ReadonlyMap<string, string>;
  try {
    await session.query(text);
    inside = await readSettings(session);
  } finally {
    await session.query('ROLLBACK');
  }
  await restore(session, inside);
}

/** The settings that decide what a statement of a schema makes. */
const read = ['search_path', 'check_function_bodies', 'default_table_access_method'];

async function readSettings(session: Session): Promise<ReadonlyMap<string, string>> {
  const { rows } = await session.query<{ name: string; value: string }>(
    'SELECT name, pg_catalog.current_setting(name) AS value FROM unnest($1::text[]) AS name',
    [read],
  );
  return new Map(rows.map(({ name, value }) => [name, value]));
}

async function restore(session: Session, values: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, value] of values)
    await session.query('SELECT pg_catalog.set_config($1, $2, false)', [name, value]);
}
