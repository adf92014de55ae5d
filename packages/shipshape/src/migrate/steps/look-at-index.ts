// lookAtIndex: is the index that a CREATE INDEX CONCURRENTLY builds there, and is it that index?
import type { IndexStmt } from 'libpg-query';
import { cutIdentifier as cut, quoteIdentifier, quoteQualified } from '../../catalog/index.ts';
import { DatabaseError } from '../../postgres/database-error.ts';
import type { Session } from '../../postgres/session.ts';
import { isConnectionLost } from '../connection-lost.ts';
import { buildersOf } from './building.ts';
import { onEmptyCopy } from './on-empty-copy.ts';
import { nameOfRelation } from './relation-name.ts';
import type { Look, Looker, Step } from './step.ts';

/** In the journal: an index without a name of its own is told from those that were there before. */
interface Expects {
  readonly index: string | null;
  readonly table: string;
  /** As the server prints it behind the table's name; null where that could not be found out. */
  readonly definition: string | null;
  readonly before: readonly string[];
}

interface Table {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
}

export const lookAtIndex: Looker = (session, step) => {
  const { node } = step.statement;
  return 'IndexStmt' in node && node.IndexStmt.concurrent === true
    ? look(session, step, node.IndexStmt)
    : null;
};

async function look(session: Session, step: Step, body: IndexStmt): Promise<Look> {
  const table = await findTable(session, nameOfRelation(body.relation ?? {}));
  // The statement itself says that the table is not there.
  if (table === null) return { state: 'not done', expects: null };
  const definition = await readExpected(session, step, body, table);
  const { idxname } = body;
  const indexes = await readIndexes(session, table, idxname ?? null);
  const begun = step.begun?.expects as Expects | null | undefined;
  const expects: Expects = {
    index: idxname ?? null,
    table: quoteQualified(table.schema, table.name),
    definition,
    before: begun?.before ?? indexes.map(({ name }) => name),
  };
  const found =
    idxname === undefined
      ? indexes.find((each) => step.begun !== null && isNew(each, expects) && each.definition === definition)
      : indexes.find(({ name }) => name === cut(idxname));
  return found === undefined
    ? { state: 'not done', expects }
    : { ...judge(found, expects, table, step), expects };
}

type Judged = Look extends infer One ? (One extends unknown ? Omit<One, 'expects'> : never) : never;

function judge(found: Found, expects: Expects, table: Table, { begun }: Step): Judged {
  const what = quoteQualified(table.schema, found.name);
  const drop = `DROP INDEX CONCURRENTLY ${what}`;
  const { definition } = expects;
  const another = definition !== null && found.definition !== definition;
  if (found.definition === null || found.table !== table.oid || another) {
    const expected = `index ${definition ?? `on ${expects.table}`}`;
    const is =
      found.definition === null
        ? 'not an index'
        : `${found.valid ? '' : 'an invalid '}index ${found.table === table.oid ? '' : `on ${found.on} `}${found.definition}`;
    return { state: 'another', what, expected, found: is, drop: `${drop};` };
  }
  if (found.builder !== null) return { state: 'being built', pid: found.builder, what };
  const name = quoteIdentifier(found.name);
  // What was there before the step began is none of its own.
  const unsure = definition === null && begun !== null && isNew(found, expects);
  if (!found.valid || unsure) {
    const words = `${name} was left ${found.valid ? 'behind' : 'invalid'}: it is dropped and built again`;
    return { state: 'half done', words, clear: [drop], instead: null };
  }
  // Without a definition to hold it to, the statement says what it makes of it.
  if (definition === null) return { state: 'not done' };
  return { state: 'done', words: `index ${name} is there, as it is to be` };
}

async function findTable(session: Session, name: string): Promise<Table | null> {
  const { rows } = await session.query<Table>(
    `SELECT c.oid::text, n.nspname AS schema, c.relname AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1)`,
    [name],
  );
  return rows[0] ?? null;
}

interface Found {
  readonly name: string;
  /** An oid; null for what is no index. */
  readonly table: string | null;
  readonly on: string | null;
  readonly definition: string | null;
  readonly valid: boolean;
  readonly builder: number | null;
}

/** How the server prints an index: its kind, and all that stands behind the name of its table. */
const printed = (index: string) => `(
  SELECT CASE WHEN x.indisunique THEN 'unique ' ELSE '' END
    || substr(d.text, strpos(d.text, quote_ident(y.relname) || ' USING ') + length(quote_ident(y.relname)) + 1)
  FROM pg_index x JOIN pg_class y ON y.oid = x.indrelid, LATERAL (SELECT pg_get_indexdef(x.indexrelid) AS text) d
  WHERE x.indexrelid = ${index})`;

/** Those of the table, and whatever else bears the name. */
async function readIndexes(session: Session, table: Table, name: string | null): Promise<readonly Found[]> {
  const { rows } = await session.query<Found>(
    `SELECT c.relname AS name, i.indrelid::text AS "table", i.indrelid::regclass::text AS "on",
       ${printed('c.oid')} AS definition, coalesce(i.indisvalid AND i.indisready AND i.indislive, false) AS valid,
       (${buildersOf('c.oid', 'i.indrelid')} LIMIT 1) AS builder
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
     WHERE i.indrelid = $1::oid OR (n.nspname = $2 AND c.relname = $3) ORDER BY c.oid`,
    [table.oid, table.schema, name === null ? null : cut(name)],
  );
  return rows;
}

function isNew({ name }: Found, { before }: Expects): boolean {
  return !before.includes(name);
}

/**
 * The same statement on an empty copy: PostgreSQL itself says what it builds. Null where it cannot be built there (a
 * function of the table's own row, a role that may make no temporary table, or a statement that is wrong: its run will
 * say so).
 */
async function readExpected(
  session: Session,
  step: Step,
  body: IndexStmt,
  table: Table,
): Promise<string | null> {
  const copy = quoteQualified('pg_temp', table.name);
  const text = await onEmptyCopy(step.statement, body, copy);
  if (text === null) return null;
  await session.query('SAVEPOINT copy');
  try {
    await session.query(`CREATE TEMP TABLE ${copy} (LIKE ${quoteQualified(table.schema, table.name)})`);
    await session.query(text);
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error) || /^(40|55|57)/.test(error.sqlstate))
      throw error;
    await session.query('ROLLBACK TO SAVEPOINT copy');
    return null;
  }
  const { rows } = await session.query<{ definition: string }>(
    `SELECT ${printed('i.indexrelid')} AS definition FROM pg_index i WHERE i.indrelid = to_regclass($1)`,
    [copy],
  );
  await session.query('ROLLBACK TO SAVEPOINT copy');
  return rows[0]?.definition ?? null;
}
