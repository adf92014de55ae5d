// findForeignLedger: whether another tool keeps the history of this database.
import { libraryTables } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';

/** Tables of these names may be anybody's. */
const ambiguous: ReadonlySet<string> = new Set(['migrations', 'session', 'typeorm_metadata']);

/** `Prisma`; null where no table of this database bears the name of another tool's ledger. Names only are looked at. */
export async function findForeignLedger(session: Session): Promise<string | null> {
  const names = Object.keys(libraryTables).filter((name) => !ambiguous.has(name));
  const { rows } = await session.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_catalog.pg_class c
      WHERE c.relkind = 'r' AND c.relname = ANY ($1::name[]) ORDER BY 1 LIMIT 1`,
    [names],
  );
  const [found] = rows;
  return found === undefined ? null : (libraryTables[found.name] ?? null);
}
