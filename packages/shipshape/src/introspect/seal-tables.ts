// sealTables: one word for all that some tables are made of, and the look by which a server holds them against it.
import { quoteIdentifier, quoteLiteral, type SealedTables } from '../catalog/index.ts';
import { ownPrepared } from '../postgres/own-prepared.ts';
import type { Result, Session } from '../postgres/session.ts';
import { ownTransaction } from './frame.ts';
import { renderNames } from './queries/ours.ts';
import { alikeEach } from './queries/server.ts';
import { tableSeal } from './queries/table-seal.ts';
import { savepoint } from './read-catalog-in-transaction.ts';

type Sought = Pick<SealedTables, 'schemas' | 'tables'>;

const name = quoteIdentifier(`${ownPrepared}seal`);
const prepare = `PREPARE ${name} (name[], name[], text) AS ${tableSeal}`;
/** The plan is the same for all names, and made once: while the catalogue is small, and for when it is large. */
const planOnce = ['SET LOCAL plan_cache_mode = force_generic_plan', 'SET LOCAL enable_seqscan = off'];

const execute = ({ tables, schemas }: Sought, seal: string | null) =>
  `EXECUTE ${name} (${renderNames(tables)}, ${renderNames(schemas)}, ${seal === null ? 'NULL' : quoteLiteral(seal)})`;

/** Sessions in which it is prepared (SQL's PREPARE), as far as nobody has cleared them. */
const preparedIn = new WeakSet<Session>();

/** In a transaction of its own. The session has to be one of its own, since a statement is prepared in it. */
export async function sealTables(session: Session, sought: Sought): Promise<SealedTables> {
  const { open, close } = ownTransaction;
  const first = preparedIn.has(session) ? [] : [prepare];
  const results = await session.queryAll(
    [open, ...alikeEach, ...planOnce, ...first, execute(sought, null), close].join('; '),
  );
  preparedIn.add(session);
  // Behind it stands what closes the transaction.
  const { rows } = results.at(-2) as Result<{ readonly seal: string }>;
  return { ...sought, seal: (rows[0] as { readonly seal: string }).seal };
}

/** Statements that look, in the transaction that is open, for tables that are sealed. */
export interface SealLook {
  /** They open a savepoint and end it. */
  readonly statements: readonly string[];
  /** The one that is refused (22P02) where the tables have another seal, or (26000) what was prepared was cleared away. */
  readonly judging: number;
  /** After that refusal: the transaction goes on as it was. */
  readonly abandon: string;
}

/** To be sent in the order of asking, by a session of its own; `isCleared`: behind a DEALLOCATE ALL. */
export function lookForSeal(session: Session, sealed: SealedTables, isCleared: boolean): SealLook {
  if (isCleared) preparedIn.delete(session);
  const first = preparedIn.has(session) ? [] : [prepare];
  preparedIn.add(session);
  const before = [savepoint.open, ...alikeEach, ...planOnce, ...first];
  return {
    statements: [...before, execute(sealed, sealed.seal), savepoint.close],
    judging: before.length,
    abandon: savepoint.abandon,
  };
}
