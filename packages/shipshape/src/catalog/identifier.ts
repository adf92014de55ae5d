// The one place where a name becomes an SQL identifier.

/**
 * Words that PostgreSQL does not accept bare as a column or table name: the "reserved" rows of the manual's
 * appendix "SQL Key Words" (reserved, and reserved that can be function or type).
 */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
  from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true
  union unique user using variadic verbose when where window with`.split(/\s+/),
);

/** PostgreSQL cuts identifiers at this many bytes (manual 4.1.1, NAMEDATALEN - 1). */
const identifierBytes = 63;

/** Few names are in many keys, and keys are rendered by the thousand; as many of them as a large schema has are kept. */
const quoted = new Map<string, string>();
const keptNames = 20_000;

/** The identifier as it can be pasted into SQL: quoted only where PostgreSQL would need it. */
export function quoteIdentifier(name: string): string {
  const known = quoted.get(name);
  if (known !== undefined) return known;
  const isBare = /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name);
  const made = isBare ? name : `"${name.replaceAll('"', '""')}"`;
  if (quoted.size < keptNames) quoted.set(name, made);
  return made;
}

/** `schema.name`, each part quoted where needed. */
export function quoteQualified(...parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}

/** A literal for the few places of DDL that take no parameters (manual 4.1.2.1). */
export function quoteLiteral(text: string): string {
  const escaped = text.replaceAll("'", "''");
  return escaped.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`;
}

/** The name as PostgreSQL stores it: cut at 63 bytes, never inside a character. */
export function cutIdentifier(name: string): string {
  // No unit of a string takes more than three bytes.
  if (name.length * 3 <= identifierBytes) return name;
  let cut = name;
  while (Buffer.byteLength(cut) > identifierBytes) cut = Array.from(cut).slice(0, -1).join('');
  return cut;
}
