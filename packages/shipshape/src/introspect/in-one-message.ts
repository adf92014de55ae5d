// Looks at a server in one message: one way there and back, whatever the schema's size.
import type { Session } from '../postgres/session.ts';
import { assembleServer } from './assemble/server.ts';
import { findVersion } from './find-version.ts';
import { explainingLocks, ownTransaction } from './frame.ts';
import { insist } from './insist.ts';
import { serverRowIn } from './open-frame.ts';
import { type Dialect, dialectOf } from './queries/dialect.ts';
import { type FactRow, type PackedFacts, unpackFacts } from './queries/family.ts';
import { allBut, amongNames, anyName, oursIn, renderNames } from './queries/ours.ts';
import { alike, type ServerRow, serverForNeed } from './queries/server.ts';
import { neededStamp } from './queries/stamp.ts';
import type { NeededScope, Server } from './reading.ts';
import { librarySchemas } from './set-aside.ts';

/** So few tables are stamped at once: that costs less than a second look, and that a busy database mostly asks for. */
const few = 100;

/** Which transactions are over, as one word (manual 9.28, pg_current_snapshot). */
const whatIsOver = 'SELECT pg_catalog.pg_current_snapshot()::text AS snapshot';

export interface Question<Reading extends object | undefined> {
  /** A SELECT of facts behind `WITH`; `ours` are the common tables of `ours.ts`. */
  readonly facts: (ours: string, dialect: Dialect) => string;
  /** Whether they come as PackedFacts. */
  readonly packed: boolean;
  readonly assemble: (facts: readonly FactRow[], server: Server) => Reading;
}

/**
 * In a read-only transaction of its own, again when the catalogue changed meanwhile. Throws ShipshapeError
 * `catalogue-torn`, `catalogue-unreadable`, `catalogue-locked`: exit 4, verdict *blind*.
 */
export async function askInOneMessage<Reading extends object | undefined>(
  session: Session,
  scope: NeededScope,
  question: Question<Reading>,
): Promise<Reading> {
  let version = await findVersion(session);
  const look = async (looksBefore: number): Promise<Reading | null> => {
    const isStamped = looksBefore > 0 || (scope.tableNames !== undefined && scope.tableNames.length <= few);
    const told = await lookOnce(session, scope, question, version, isStamped);
    if (told === null) return null;
    if (majorOf(told.server.versionNumber) === majorOf(version))
      return question.assemble(told.facts, told.server);
    // A pooler speaks for several servers: what it said at start is not where we came.
    version = told.server.versionNumber;
    return await look(looksBefore);
  };
  return await explainingLocks(session, () => insist(session, look));
}

async function lookOnce(
  session: Session,
  { tableNames, ownSchemas = [] }: NeededScope,
  { facts: write, packed }: Question<object | undefined>,
  version: number,
  isStamped: boolean,
): Promise<{ readonly server: Server; readonly facts: readonly FactRow[] } | null> {
  const dialect = dialectOf(version);
  const setAside = librarySchemas.filter((name) => !ownSchemas.includes(name));
  const ours = oursIn(
    tableNames === undefined ? anyName : amongNames(renderNames(tableNames)),
    allBut(renderNames(setAside)),
  );
  const stamp = isStamped ? [`WITH ${ours}${neededStamp.sql(dialect)}`] : [];
  const statements = [...stamp, `WITH ${write(ours, dialect)}`, ...stamp];
  const { row, answers, over } = await send(session, statements);
  const [before, facts, after] = isStamped ? answers : [[], ...answers];
  const isTorn = isStamped ? before?.[0]?.a !== after?.[0]?.a : row.snapshot !== over;
  if (isTorn) return null;
  const rows = facts ?? [];
  return {
    server: assembleServer(row),
    facts: packed ? unpackFacts(rows as readonly PackedFacts[]) : (rows as readonly FactRow[]),
  };
}

interface Answers {
  readonly row: ServerRow;
  /** One a statement. */
  readonly answers: readonly (readonly (FactRow | PackedFacts)[])[];
  /** Which transactions were over behind the last of them. */
  readonly over: string;
}

async function send(session: Session, statements: readonly string[]): Promise<Answers> {
  const { open, close, abandon } = ownTransaction;
  try {
    const results = await session.queryAll(
      [open, serverForNeed, alike, ...statements, close, whatIsOver].join(';\n'),
    );
    // Behind them stand the end of the transaction, and what is over.
    const own = results.slice(-2 - statements.length, -2);
    const [over] = results.slice(-1).flatMap(({ rows }) => rows as readonly { readonly snapshot: string }[]);
    return {
      row: serverRowIn(results),
      answers: own.map(({ rows }) => rows as readonly (FactRow | PackedFacts)[]),
      over: over?.snapshot ?? '',
    };
  } catch (error) {
    // That error says more than a failing end would: a lost connection ends everything by itself.
    await session.query(abandon).catch(() => undefined);
    throw error;
  }
}

const majorOf = (version: number): number => Math.floor(version / 10_000);
