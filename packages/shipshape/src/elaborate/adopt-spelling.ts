// adoptSpelling: where the server says that two defaults are one value, the declared one takes the other's spelling.
import {
  addressOf,
  type Catalog,
  type Column,
  indexByKey,
  makeCatalog,
  renderAddressKey,
} from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { transaction } from '../postgres/transaction.ts';

/**
 * An ORM writes `'0'` for what a migration writes as 0, and PostgreSQL prints both as they were written. `session` is in
 * a database that has the types of `declared`. Only defaults that differ as text are asked about.
 */
export async function adoptSpelling(
  declared: Catalog,
  migrated: Catalog,
  session: Session,
): Promise<Catalog> {
  const others = indexByKey(migrated);
  const objects = [];
  for (const object of declared.objects) {
    const other = others.get(renderAddressKey(addressOf(object)));
    const adopts =
      object.kind === 'column' && other?.kind === 'column' && (await isOneValue(object, other, session));
    objects.push(adopts ? { ...object, default: other.default } : object);
  }
  return makeCatalog(objects);
}

async function isOneValue(declared: Column, migrated: Column, session: Session): Promise<boolean> {
  const [left, right] = [declared.default, migrated.default];
  if (left === null || right === null || left === right || declared.type !== migrated.type) return false;
  if (isSequence(left) || isSequence(right)) return false;
  const [l, r] = [left, right].map((text) => `CAST((${text}) AS ${declared.type})`);
  try {
    if (await isOneConstant(`SELECT ${l}, ${r}`, session)) return true;
    const answers: Answer[] = [];
    for (const zone of farApart)
      answers.push(await evaluate(`SELECT (${l})::text AS l, (${r})::text AS r`, zone, session));
    const alike = answers.every((answer) => answer.l === answer.r);
    // What depends on neither the moment nor the place is no clock: that it came out alike says nothing.
    return alike && new Set(answers.map((answer) => answer.l)).size > 1;
  } catch (error) {
    // Raised by the expression itself, by what it lacks here or would write, or too slow: not known to be one.
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}

/** No two of them ever have the same date and time, and the outer ones never the same date. */
const farApart = ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago'] as const;

/** The planner computes what is immutable (manual 36.7), so two spellings of one constant come out as one text. */
async function isOneConstant(select: string, session: Session): Promise<boolean> {
  const { rows } = await ask<{ 'QUERY PLAN': readonly { Plan: { Output: readonly string[] } }[] }>(
    `EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) ${select}`,
    'UTC',
    session,
  );
  const [l, r] = rows[0]?.['QUERY PLAN'][0]?.Plan.Output ?? [];
  return l !== undefined && l === r;
}

interface Answer {
  readonly l: string | null;
  readonly r: string | null;
}

/** As clocks in that time zone would have it. */
async function evaluate(select: string, zone: string, session: Session): Promise<Answer> {
  const { rows } = await ask<Answer>(select, zone, session);
  return rows[0] ?? { l: null, r: null };
}

/** An expression may call what writes, or never ends: it may do neither here. */
async function ask<Row>(
  sql: string,
  zone: string,
  session: Session,
): Promise<{ readonly rows: readonly Row[] }> {
  return transaction(session, { readOnly: true }, async () => {
    await session.query(`SET LOCAL TimeZone TO '${zone}'; SET LOCAL statement_timeout TO '2s'`);
    return session.query<Row>(sql);
  });
}

/** Asking would draw a number, and sequences are told apart by the comparison itself. */
function isSequence(expression: string): boolean {
  return expression.startsWith('nextval(');
}
