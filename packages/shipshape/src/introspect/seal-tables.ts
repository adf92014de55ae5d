// sealTables: one word for all that some tables are made of, and the look by which a server holds them against it.
import { quoteIdentifier, quoteLiteral, type SealedTables } from '../catalog/index.ts';
import { ownPrepared } from '../postgres/own-prepared.ts';
import type { Result, Session } from '../postgres/session.ts';
import { findVersion } from './find-version.ts';
import { ownTransaction, savepoint } from './frame.ts';
import { dialectOf } from './queries/dialect.ts';
import { renderNames } from './queries/ours.ts';
import { selectAlike } from './queries/server.ts';
import { tableSeal } from './queries/table-seal.ts';

type Sought = Pick<SealedTables, 'schemas' | 'tables'>;

const [seal, alike] = ['seal', 'alike'].map((name) => quoteIdentifier(`${ownPrepared}${name}`));

/** The plans are the same for all names, and made once: while the catalogue is small, and for when it is large. */
const planning = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' };
const prepareAlike = `PREPARE ${alike} AS ${selectAlike(planning)}`;
const prepareSeal = (version: number) =>
  `PREPARE ${seal} (name[], name[], text) AS ${tableSeal(dialectOf(version))}`;

/** `first`: the server's version, where nothing is prepared. */
const look = (
  { tables, schemas }: Sought,
  wanted: string | null,
  first: number | null,
): readonly string[] => [
  ...(first === null ? [] : [prepareAlike]),
  `EXECUTE ${alike}`,
  // Under the settings that it is executed under, or it would be planned twice.
  ...(first === null ? [] : [prepareSeal(first)]),
  `EXECUTE ${seal} (${renderNames(tables)}, ${renderNames(schemas)}, ${wanted === null ? 'NULL' : quoteLiteral(wanted)})`,
];

/** Sessions in which both are prepared (SQL's PREPARE), and since which clearing of them. */
const preparedIn = new WeakMap<Session, number>();

/** In a transaction of its own. The session has to be one of its own, since a statement is prepared in it. */
export async function sealTables(session: Session, sought: Sought): Promise<SealedTables> {
  const { open, close } = ownTransaction;
  const first = preparedIn.has(session) ? null : await findVersion(session);
  const results = await session.queryAll([open, ...look(sought, null, first), close].join('; '));
  preparedIn.set(session, 0);
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

/**
 * To be sent in the order of asking, by a session of its own to a server of that major version. `clearing`: how often what is
 * prepared there was cleared away.
 */
export function lookForSeal(
  session: Session,
  sealed: SealedTables,
  { major, clearing }: { readonly major: number; readonly clearing: number },
): SealLook {
  const first = preparedIn.get(session) === clearing ? null : major * 10_000;
  preparedIn.set(session, clearing);
  const before = [savepoint.open, ...look(sealed, sealed.seal, first)];
  return {
    statements: [...before, savepoint.close],
    judging: before.length - 1,
    abandon: savepoint.abandon,
  };
}
