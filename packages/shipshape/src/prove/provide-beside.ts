// provideBeside: what models use and have no words for, from the database that they will be held against.
import {
  addressOf,
  type Catalog,
  type Kind,
  makeCatalog,
  nameOf,
  type Routine,
  renderAddressKey,
  schemaOf,
} from '../catalog/index.ts';
import { renderCreate } from '../plan/render-create.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';

const provided: readonly Kind[] = ['schema', 'enum', 'domain', 'composite type', 'range type', 'routine'];

/**
 * A declared default may call a function that a migration creates, and a column may be of a domain. Whatever has a name
 * that the models themselves declare is left to them, and what cannot be made without the rest of the database is told by
 * what uses it.
 */
export async function provideBeside(actual: Catalog, declared: Catalog, scratch: Session): Promise<void> {
  const own = new Set(declared.objects.map((object) => placeOf(addressOf(object))));
  const useful = actual.objects.filter(
    (object) => provided.includes(object.kind) && !own.has(placeOf(addressOf(object))),
  );
  for (const statement of renderCreate(makeCatalog(useful))) await tryOut(statement, scratch);
  // One whose body needs the rest of the database has a name and a type all the same, and no more is printed of it.
  for (const routine of useful)
    if (routine.kind === 'routine' && routine.form === 'function')
      await tryOut(renderStandIn(routine), scratch);
  await scratch.query('RESET check_function_bodies');
}

/** Types and tables share their names (manual, pg_type). */
function placeOf(address: Parameters<typeof schemaOf>[0]): string {
  return 'table' in address || address.kind === 'routine' || 'on' in address
    ? renderAddressKey(address)
    : JSON.stringify([address.kind === 'schema' ? 'schema' : schemaOf(address), nameOf(address)]);
}

/** By the head that `pg_get_functiondef` prints; refused where the function itself is there. */
function renderStandIn({ definition }: Routine): string {
  const head = definition
    .slice(0, definition.indexOf('\n LANGUAGE '))
    .replace(/^CREATE OR REPLACE /, 'CREATE ');
  return `${head}\n LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RAISE EXCEPTION ''a stand-in''; END'`;
}

async function tryOut(statement: string, scratch: Session): Promise<void> {
  try {
    await scratch.query(statement);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  }
}
