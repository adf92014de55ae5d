// PostgreSQL's own spelling of a type, for where no server is at hand to ask.

/** Spellings the grammar accepts, and what `format_type` prints (manual 8, table "Data Types"). */
const spellings: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  int2: 'smallint',
  int8: 'bigint',
  serial: 'integer',
  serial4: 'integer',
  smallserial: 'smallint',
  serial2: 'smallint',
  bigserial: 'bigint',
  serial8: 'bigint',
  float: 'double precision',
  float8: 'double precision',
  float4: 'real',
  bool: 'boolean',
  decimal: 'numeric',
  dec: 'numeric',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};

/** Of every column it is asked, and nearly none is one: its type is not put in small letters for that. */
const hasSerial = /serial/i;
const serials = new Set(['serial', 'serial4', 'smallserial', 'serial2', 'bigserial', 'serial8']);

/** True for the pseudo-types that bring a sequence and NOT NULL (manual 8.1.4). */
export function isSerial(type: string): boolean {
  return hasSerial.test(type) && serials.has(type.trim().toLowerCase());
}

/** Many columns have few types; as many as a large schema has are kept. */
const canonical = new Map<string, string>();
const keptTypes = 5_000;

/**
 * The type as `format_type` would print it: `varchar(32)` gives `character varying(32)`, `timestamp (3)` gives
 * `timestamp(3) without time zone`. A type that is not built in is returned as written.
 */
export function canonicalTypeName(type: string): string {
  const known = canonical.get(type);
  if (known !== undefined) return known;
  const made = spellCanonically(type);
  if (canonical.size < keptTypes) canonical.set(type, made);
  return made;
}

function spellCanonically(type: string): string {
  const match =
    /^\s*([a-z][a-z0-9_ ]*?)\s*(?:\(([^)]*)\))?\s*((?:with|without) time zone)?\s*((?:\[\d*\])*)\s*$/i.exec(
      type,
    );
  if (match === null) return type;
  const [, word = '', precision, zone, dimensions = ''] = match;
  const base = word.toLowerCase();
  const withZone = zone === undefined ? base : `${base} ${zone.toLowerCase()}`;
  const spelled = spellings[withZone] ?? withZone;
  // format_type prints one pair of brackets however many dimensions were declared: the catalogue does not keep them apart.
  const array = dimensions === '' ? '' : '[]';
  const modifier =
    precision === undefined
      ? spelled === 'character' || spelled === 'bit'
        ? '(1)'
        : ''
      : `(${precision.replaceAll(' ', '')})`;
  const timed = /^(timestamp|time) (with|without) time zone$/.exec(spelled);
  if (timed !== null) return `${timed[1]}${modifier} ${timed[2]} time zone${array}`;
  const numeric =
    spelled === 'numeric' && precision !== undefined && !precision.includes(',')
      ? `(${precision.trim()},0)`
      : modifier;
  return `${spelled}${numeric}${array}`;
}
