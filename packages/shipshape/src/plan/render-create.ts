// renderCreate: a catalog as the SQL that builds it in an empty database.
import type { Catalog } from '../catalog/index.ts';
import { makeCreations } from './make-creations.ts';

/**
 * One statement each, without semicolons, in an order that works. Bodies of functions are taken as they are, like a dump
 * takes them: they may have been made before what they name, or be wrong.
 */
export function renderCreate(catalog: Catalog): readonly string[] {
  const statements = makeCreations(catalog).map(({ sql }) => sql);
  const hasRoutines = catalog.objects.some(({ kind }) => kind === 'routine');
  return hasRoutines ? ['SET check_function_bodies = off', ...statements] : statements;
}
