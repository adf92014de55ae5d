// adopt: what another tool's ledger says is applied of files that are ours now, marked so, once that is verified.
import { type Adoptable, readAdoptable } from '../migrate/ledgers/read-adoptable.ts';
import type { Migration } from '../migrate/migration.ts';
import { displayPath } from '../migrate/place.ts';
import { connect } from '../postgres/connect.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import { type MarkOptions, type MarkResult, markApplied, readOwnFolder } from './baseline.ts';

export interface AdoptOptions extends MarkOptions {
  /** Where the other tool keeps what it has applied; the usual tables when left out. */
  readonly ledgerTable?: string | null | undefined;
}

export interface AdoptResult extends MarkResult {
  /** Whose ledger it was; null where none was found. */
  readonly tool: string | null;
  readonly table: string | null;
}

/** Throws what `baseline` throws. What keeps files from being marked is in the result, exit 3. */
export async function adopt(options: AdoptOptions): Promise<AdoptResult> {
  const folder = await readOwnFolder(options);
  const { migrations } = folder;
  const there = await readThere(options, migrations);
  const from = { tool: there?.tool ?? null, table: there?.table ?? null };
  const refusal = judge(there, options, migrations);
  if (refusal !== null)
    return { ...from, marked: [], before: [], last: null, findings: [refusal], exit: refusal.exit };
  const files = migrations.slice(0, there?.applied.size ?? 0);
  return { ...from, ...(await markApplied(options, folder, files)) };
}

async function readThere(
  { target, ledgerTable }: AdoptOptions,
  migrations: readonly Migration[],
): Promise<Adoptable | null> {
  const session = await connect(target, { applicationName: 'shipshape:adopt' });
  try {
    return await readAdoptable(session, migrations, ledgerTable ?? null);
  } finally {
    await session.close();
  }
}

function judge(
  there: Adoptable | null,
  { target, folder }: AdoptOptions,
  migrations: readonly Migration[],
): Finding | null {
  if (there !== null && there.failed.size > 0) {
    const [act = ''] = there.failed.values();
    return makeFinding('adopt-failed-there', {
      table: there.table,
      migrations: [...there.failed.keys()],
      act,
    });
  }
  if (there === null || there.applied.size === 0) {
    const data = { target: target.display, folder: displayPath(folder), unread: there?.table ?? null };
    return makeFinding('adopt-without-rows', data);
  }
  const { table, applied } = there;
  const last = migrations.findLastIndex(({ id }) => applied.has(id));
  const missing = migrations.slice(0, last).filter(({ id }) => !applied.has(id));
  if (missing.length === 0) return null;
  const data = { table, missing: missing.map(({ id }) => id), last: migrations[last]?.id ?? '' };
  return makeFinding('adopt-with-gaps', data);
}
