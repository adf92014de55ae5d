// mentionedNames: the complete names in a piece of SQL.
import type { QualifiedName } from './block.ts';

const identifier = '(?:"((?:[^"]|"")+)"|([a-z_][a-z0-9_$]*))';
const qualified = new RegExp(`${identifier}\\.${identifier}`, 'g');

/**
 * PostgreSQL prints every name with its schema when nothing is on the search path; in a literal (`nextval('public.s')`) as
 * well. What merely looks like a name costs nothing: it only says what comes first where both orders would do.
 */
export function mentionedNames(sql: string): readonly QualifiedName[] {
  return [...sql.matchAll(qualified)].map(([, quotedSchema, schema, quotedName, name]) => [
    schema ?? unquote(quotedSchema),
    name ?? unquote(quotedName),
  ]);
}

function unquote(quoted = ''): string {
  return quoted.replaceAll('""', '"');
}
