// adoptSpelling: where the server says that two defaults are one value, the declared one takes the other's spelling.
import {
  addressOf,
  type Catalog,
  type Column,
  indexByKey,
  makeCatalog,
  renderAddressKey,
} from '../catalog/index.ts';
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
  const select = `SELECT CAST((${left}) AS ${declared.type})::text AS l, CAST((${right}) AS ${declared.type})::text AS r`;
  if (
    await isOneConstant(
      `SELECT CAST((${left}) AS ${declared.type}), CAST((${right}) AS ${declared.type})`,
      session,
    )
  )
    return true;
  const answers = [];
  for (const zone of farApart) answers.push(await evaluate(select, zone, session));
  const alike = answers.every(({ l, r }) => l === r);
  // What depends on neither the moment nor the place is no clock: that it came out alike says nothing.
  return alike && new Set(answers.map(({ l }) => l)).size > 1;
}

/** No two of them ever have the same date and time, and the outer ones never the same date. */
const farApart = ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago'] as const;

/** The planner computes what is immutable (manual 36.7), so two spellings of one constant come out as one text. */
async function isOneConstant(select: string, session: Session): Promise<boolean> {
  const { rows } = await session.query<{ 'QUERY PLAN': readonly { Plan: { Output: readonly string[] } }[] }>(
    `EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) ${select}`,
  );
  const [l, r] = rows[0]?.['QUERY PLAN'][0]?.Plan.Output ?? [];
  return l !== undefined && l === r;
}

/** As clocks in that time zone would have it. */
async function evaluate(
  select: string,
  zone: string,
  session: Session,
): Promise<{ l: string | null; r: string | null }> {
  return transaction(session, {}, async () => {
    await session.query(`SET LOCAL TimeZone TO '${zone}'`);
    const { rows } = await session.query<{ l: string | null; r: string | null }>(select);
    return rows[0] ?? { l: null, r: null };
  });
}

/** Asking would draw a number, and sequences are told apart by the comparison itself. */
function isSequence(expression: string): boolean {
  return expression.startsWith('nextval(');
}
