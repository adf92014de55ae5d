// createDeclared: creates what is declared on the scratch database, and says what the server refused.
import {
  type Address,
  type Catalog,
  type Column,
  parentOf,
  quoteQualified,
  renderAddress,
  renderAddressKey,
  type TopAddress,
} from '../catalog/index.ts';
import { renderColumn } from '../ddl/index.ts';
import type { Creation } from '../plan/creation.ts';
import { inParentheses } from '../plan/in-parentheses.ts';
import { makeCreations } from '../plan/make-creations.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import { provideRole } from './provide-role.ts';
import { provideType } from './provide-type.ts';

/** Every refusal is found, except those of things in a schema or table that was itself refused. */
export async function createDeclared(declared: Catalog, scratch: Session): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const broken = new Set<string>();
  for (const object of declared.objects)
    if (object.kind === 'policy') for (const role of object.roles) await provideRole(role, scratch);
  // Bodies of functions are what somebody wrote elsewhere, and may be about what is not declared.
  await scratch.query('SET check_function_bodies = off');
  for (const { address, sql } of await createInRounds(makeCreations(declared), scratch)) {
    if (isInside(address, broken)) continue;
    const refusal = await refusalOf(scratch, sql);
    // A sequence that cannot be made for a column is told by the default that draws from it, an extension by what uses it.
    const isSequence = address.kind === 'column' && !sql.startsWith('ALTER TABLE');
    if (refusal === null || isSequence || address.kind === 'extension') continue;
    const refused =
      address.kind === 'table'
        ? await createColumnByColumn(address, declared, scratch)
        : [explainRefusal(address, sql, refusal)];
    if (refused.length > 0) broken.add(renderAddressKey(address));
    findings.push(...refused);
  }
  return findings;
}

/**
 * Models name what is on the search path without its schema, which no order can be told by: what is refused runs again
 * as long as that helps. Gives back what is refused in the end.
 */
async function createInRounds(
  creations: readonly Creation[],
  scratch: Session,
): Promise<readonly Creation[]> {
  const refused: Creation[] = [];
  for (const creation of creations)
    if ((await refusalOf(scratch, creation.sql)) !== null) refused.push(creation);
  return refused.length === 0 || refused.length === creations.length
    ? refused
    : createInRounds(refused, scratch);
}

function isInside(address: Address, broken: ReadonlySet<string>): boolean {
  const parent = parentOf(address);
  return parent !== null && (broken.has(renderAddressKey(parent)) || isInside(parent, broken));
}

async function refusalOf(scratch: Session, sql: string): Promise<DatabaseError | null> {
  try {
    await scratch.query(sql);
    return null;
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
}

/** The server does not say which column of a CREATE TABLE it minds. */
async function createColumnByColumn(
  table: TopAddress,
  declared: Catalog,
  scratch: Session,
): Promise<readonly Finding[]> {
  const name = quoteQualified(table.schema, table.name);
  const refusal = await refusalOf(scratch, `CREATE TABLE ${name} ()`);
  if (refusal !== null) return [explainRefusal(table, `CREATE TABLE ${name}`, refusal)];
  const columns = declared.objects.filter(
    (object): object is Column =>
      object.kind === 'column' && object.schema === table.schema && object.table === table.name,
  );
  const findings: Finding[] = [];
  for (const column of columns) {
    const finding = await addColumn(column, name, scratch);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

async function addColumn(column: Column, table: string, scratch: Session): Promise<Finding | null> {
  const sql = `ALTER TABLE ${table} ADD COLUMN ${renderColumn(inParentheses(column))}`;
  const refusal = await refusalOf(scratch, sql);
  if (refusal === null) return null;
  const address = { kind: 'column', schema: column.schema, table: column.table, name: column.name } as const;
  const refused = (said: DatabaseError) => explainRefusal(address, renderColumn(column), said);
  if (refusal.sqlstate !== sqlstates.undefinedObject || (await isKnown(column.type, scratch)))
    return refused(refusal);
  if (await provideType(column.type, scratch)) {
    const second = await refusalOf(scratch, sql);
    return second === null ? null : refused(second);
  }
  const data = { name: renderAddress(address), type: column.type };
  return makeFinding('declared-type-unknown', data, { address, aspect: 'type', declared: column.type });
}

async function isKnown(type: string, scratch: Session): Promise<boolean> {
  const { rows } = await scratch.query<{ known: boolean }>('SELECT to_regtype($1) IS NOT NULL AS known', [
    type,
  ]);
  return rows[0]?.known === true;
}

function explainRefusal(address: Address, declared: string, refusal: DatabaseError): Finding {
  const data = { name: renderAddress(address), declared, said: refusal.message };
  return makeFinding('declared-expression-refused', data, { address, declared });
}
