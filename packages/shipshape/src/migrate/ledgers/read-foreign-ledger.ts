// readForeignLedger: which migrations of a folder another tool has applied here. Reads only.
import { readFile } from 'node:fs/promises';
import { type MigrationId, quoteIdentifier } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { Folder } from '../folder.ts';
import { drizzleJournal } from '../formats/drizzle.ts';
import { parseJournal } from '../formats/drizzle-journal.ts';
import { readListing } from '../formats/listing.ts';
import type {
  ForeignLedger,
  KnownFile,
  LedgerPlace,
  LedgerRow,
  LedgerRule,
  UnreadLedger,
} from './foreign-ledger.ts';
import { ledgerRules } from './rules.ts';

export type LedgerReading =
  | { readonly kind: 'read'; readonly ledger: ForeignLedger }
  | ({ readonly kind: 'unread' } & UnreadLedger);

/**
 * `table`: what the team calls it, with or without its schema; null for the tool's own name. `known`: what `readKnown` gives
 * of the folder, where it was read before.
 */
export async function readForeignLedger(
  session: Session,
  folder: Folder,
  table: string | null,
  known: readonly KnownFile[] | null = null,
): Promise<LedgerReading> {
  const { tool, command } = folder;
  const rule = ledgerRules.find((each) => each.tool === tool);
  if (rule === undefined)
    return {
      kind: 'unread',
      tool,
      command,
      because: 'which tool runs these files is not known',
      missing: false,
    };
  const place = pickTable(await findTables(session, [rule], table), rule, table);
  if ('because' in place) return { kind: 'unread', tool, command, ...place };
  const saying = rule.read(await readRows(session, place), known ?? (await readKnown(folder)));
  return { kind: 'read', ledger: { ...saying, tool: rule.tool, place, table: shown(place), command } };
}

/**
 * The same for the migrations of a snapshot, which does not say whose they are: the tool is the one of whose rows at least
 * one means one of them. Null where there is none.
 */
export async function readLedgerOfSnapshot(
  session: Session,
  migrations: readonly { readonly id: MigrationId; readonly checksum: string }[],
  table: string | null,
): Promise<ForeignLedger | null> {
  const known = migrations.map(({ id, checksum }) => ({ id, checksum, text: null, when: null }));
  const ids = new Set(known.map(({ id }) => id));
  const candidates = await findTables(session, ledgerRules, table);
  for (const rule of ledgerRules) {
    const place = pickTable(candidates, rule, table);
    if ('because' in place) continue;
    const saying = rule.read(await readRows(session, place), known);
    if (saying.entries.some(({ id }) => ids.has(id)))
      return { ...saying, tool: rule.tool, place, table: shown(place), command: rule.command };
  }
  return null;
}

/** All ledgers that are here and may be read, of whatever tool. */
export async function readLedgersHere(
  session: Session,
  table: string | null,
): Promise<
  readonly { readonly rule: LedgerRule; readonly rows: readonly LedgerRow[]; readonly table: string }[]
> {
  const candidates = await findTables(session, ledgerRules, table);
  const here = [];
  for (const rule of ledgerRules) {
    const place = pickTable(candidates, rule, table);
    if ('because' in place) continue;
    here.push({ rule, rows: await readRows(session, place), table: shown(place) });
  }
  return here;
}

type Absence = Pick<UnreadLedger, 'because' | 'missing'>;

interface Candidate extends LedgerPlace {
  readonly onPath: boolean;
  readonly readable: boolean;
}

/** The name, and the schema where one is said. */
export function partsOf(named: string): readonly [string, string | null] {
  const at = named.indexOf('.');
  return at < 0 ? [named, null] : [named.slice(at + 1), named.slice(0, at)];
}

async function findTables(
  session: Session,
  rules: readonly LedgerRule[],
  named: string | null,
): Promise<readonly Candidate[]> {
  const names = named === null ? rules.map(({ table }) => table) : [partsOf(named)[0]];
  const { rows } = await session.query<Candidate>(
    `SELECT n.nspname AS schema, c.relname AS name, n.nspname = ANY (pg_catalog.current_schemas(false)) AS "onPath",
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS readable,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND c.relname = ANY ($1::name[])`,
    [names],
  );
  return rows;
}

/** Where it lies, or why it is not read. */
function pickTable(
  candidates: readonly Candidate[],
  rule: LedgerRule,
  named: string | null,
): LedgerPlace | Absence {
  const [name, schema] = partsOf(named ?? rule.table);
  const usual = named === null ? rule.schema : schema;
  const wanted = usual === null ? name : `${usual}.${name}`;
  const fitting = candidates.filter(
    (each) =>
      each.name === name &&
      (schema === null || each.schema === schema) &&
      rule.columns.every((column) => each.columns.includes(column)),
  );
  const found =
    fitting.find((each) => each.schema === usual) ??
    fitting.find(({ onPath }) => onPath) ??
    (fitting.length === 1 ? fitting[0] : undefined);
  if (fitting.length > 1 && found === undefined)
    return {
      because: `there are ${fitting.length} tables ${name}: --ledger says which`,
      missing: false,
    };
  if (found === undefined)
    return {
      because: `there is no table ${wanted}: nothing was ever applied here, or --ledger has to name it`,
      missing: true,
    };
  return found.readable ? found : { because: `this role may not read ${shown(found)}`, missing: false };
}

async function readRows(session: Session, { schema, name }: LedgerPlace): Promise<readonly LedgerRow[]> {
  const { rows } = await session.query<{ row: LedgerRow }>(
    `SELECT pg_catalog.to_jsonb(t) AS row FROM ${quoteIdentifier(schema)}.${quoteIdentifier(name)} t ORDER BY t.ctid`,
  );
  return rows.map(({ row }) => row);
}

/** The files of a folder, as its ledger may mean them. */
export async function readKnown(folder: Folder): Promise<readonly KnownFile[]> {
  const times = folder.format === 'drizzle' ? await readTimes(folder.path) : null;
  return Promise.all(
    folder.migrations.map(async ({ id, checksum, file }) => ({
      id,
      checksum,
      text: await readFile(file, 'utf8'),
      when: times?.get(id) ?? null,
    })),
  );
}

async function readTimes(path: string): Promise<ReadonlyMap<MigrationId, number> | null> {
  const journal = (await readListing(path)).read(drizzleJournal);
  if (journal === null || 'code' in journal) return null;
  const parsed = parseJournal(journal.text);
  return 'problem' in parsed ? null : new Map(parsed.entries.map(({ tag, when }) => [tag, when]));
}

export function shown({ schema, name }: LedgerPlace): string {
  return schema === 'public' ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
