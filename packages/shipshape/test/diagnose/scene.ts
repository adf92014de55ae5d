// A scene: what is declared, what the migrations make and what hands did, each as SQL, run on real databases.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  addressOf,
  type Catalog,
  checksum,
  type Declaration,
  type LedgerEntry,
  type Origin,
  renderAddressKey,
  schemaOf,
} from '../../src/catalog/index.ts';
import type { Migrated } from '../../src/diagnose/migrated.ts';
import type { LiveDatabase } from '../../src/diagnose/scene.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { makeLookup } from '../../src/need/lookup.ts';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { beginHistory } from '../../src/prove/history.ts';

export interface Script {
  readonly declared: string;
  readonly migrations: readonly { readonly id: string; readonly sql: string; readonly applied: boolean }[];
  readonly byHand: string;
  readonly alsoInLedger: readonly string[];
  readonly withSnapshot: boolean;
  /** The role that reads; `postgres` unless said otherwise. */
  readonly reader: string;
}

export interface Played {
  readonly declaration: Declaration;
  readonly migrated: Migrated;
  readonly ledger: readonly LedgerEntry[];
  readonly filesPending: readonly string[];
  /** Where all migrations ran, and where hands were at work. */
  readonly replayed: OwnSession;
  readonly live: OwnSession;
  /** The live database once more, as it is now. */
  read(): Promise<LiveDatabase>;
  close(): Promise<void>;
}

const folder = new URL('cases/', import.meta.url);

export const scenes: readonly string[] = readdirSync(folder).sort();

export function goldenOf(name: string): string {
  return fileURLToPath(new URL(`${name}/findings.txt`, folder));
}

/** What `check` tells of the scene. */
export function checkOf(name: string): string {
  return fileURLToPath(new URL(`${name}/check.txt`, folder));
}

export function readScript(name: string): Script {
  const text = readFileSync(new URL(`${name}/scene.sql`, folder), 'utf8');
  const sections = text
    .split(/^--- /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return { head: section.slice(0, end).trim(), sql: section.slice(end) };
    });
  const sqlOf = (head: string) => sections.find((each) => each.head === head)?.sql ?? '';
  const wordsAfter = (start: string) =>
    sections.filter(({ head }) => head.startsWith(start)).map(({ head }) => head.slice(start.length));
  return {
    declared: sqlOf('declared'),
    migrations: sections
      .filter(({ head }) => head.startsWith('migration '))
      .map(({ head, sql }) => ({ id: head.split(' ')[1] ?? '', sql, applied: head.endsWith(' applied') })),
    byHand: sqlOf('by hand'),
    alsoInLedger: wordsAfter('ledger also '),
    withSnapshot: !sections.some(({ head }) => head === 'without snapshot'),
    reader: wordsAfter('read as ')[0] ?? 'postgres',
  };
}

/** `createDatabase` gives the URL of a new database, as the server's owner. */
export async function play(script: Script, createDatabase: () => Promise<string>): Promise<Played> {
  const declared = await connect(await createDatabase());
  await declared.query(script.declared);
  const { catalog, server } = await readCatalog(declared);
  const replayed = await connect(await createDatabase());
  const history = beginHistory(replayed, []);
  for (const { id, sql } of script.migrations) {
    await replayed.query(sql);
    await history.note(id);
  }
  const url = await createDatabase();
  const live = await connect(url);
  await live.query('DO $$ BEGIN CREATE ROLE app LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$');
  const applied = script.migrations.filter((each) => each.applied);
  for (const { sql } of applied) await live.query(sql);
  await live.query(script.byHand);
  const reader =
    script.reader === 'postgres'
      ? live
      : await connect(url.replace('postgres://postgres@', `postgres://${script.reader}@`));
  return {
    declaration: {
      catalog,
      silence: [],
      origin: originsIn(catalog, script.declared),
      unqualified: catalog.objects
        .filter((object) => schemaOf(addressOf(object)) === 'public')
        .map((object) => renderAddressKey(addressOf(object))),
      printed: server.major,
    },
    migrated: {
      catalog: history.catalog,
      provenance: history.provenance,
      migrations: script.migrations.map(({ id, sql }) => ({ id, checksum: checksum(sql) })),
    },
    ledger: [
      ...applied.map(({ id, sql }) => ({ id, checksum: checksum(sql), appliedAt: '2026-11-22T22:00:00Z' })),
      ...script.alsoInLedger.map((id) => ({ id, checksum: checksum(id), appliedAt: '2026-11-23T22:00:00Z' })),
    ],
    filesPending: script.migrations.filter((each) => !each.applied).map(({ id }) => id),
    replayed,
    live,
    async read() {
      const { catalog: now, access, server } = await readCatalog(reader);
      // Databases of tests have names that nobody chose.
      const { searchPath, user } = server;
      const lookup = makeLookup(now, searchPath, access);
      return { catalog: now, searchPath, lookup, database: 'calls', user };
    },
    async close() {
      await Promise.all([...new Set([declared, replayed, live, reader])].map((session) => session.close()));
    },
  };
}

/** The line on which a table or a column is first named. */
function originsIn(catalog: Catalog, sql: string): Readonly<Record<string, Origin>> {
  const lines = sql.split('\n');
  return Object.fromEntries(
    catalog.objects.flatMap((object) => {
      if (object.kind !== 'table' && object.kind !== 'column') return [];
      const at = lines.findIndex((line) => line.includes(object.name.replaceAll('"', '""')));
      return at < 0 ? [] : [[renderAddressKey(addressOf(object)), { file: 'src/schema.ts', line: at + 1 }]];
    }),
  );
}
