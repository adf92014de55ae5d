// The app's own drizzle-orm.
import { makeFinding, ShipshapeError } from '../../report/index.ts';

export interface Orm {
  readonly core: typeof import('drizzle-orm');
  readonly pg: typeof import('drizzle-orm/pg-core');
  readonly casing: typeof import('drizzle-orm/casing');
}

/** Imports a package from where the models lie; null when it is not installed there. */
export type ImportBeside = (specifier: string) => Promise<unknown>;

const orm = 'drizzle-orm';
const supported = '>=0.44 <0.46';

/**
 * Loads drizzle-orm. Its classes recognise the objects of another copy as well (`entityKind`), so that a duplicated
 * package does no harm. Throws ShipshapeError (`orm-not-found`, `orm-not-supported`).
 */
export async function loadOrm(from: string, importBeside: ImportBeside): Promise<Orm> {
  const about = (await importBeside('drizzle-orm/version')) as { npmVersion: string } | null;
  if (about === null) throw new ShipshapeError([makeFinding('orm-not-found', { orm, from, supported })]);
  if (!/^0\.4[45]\./.test(about.npmVersion))
    throw new ShipshapeError([
      makeFinding('orm-not-supported', { orm, version: about.npmVersion, supported }),
    ]);
  return {
    core: (await importBeside('drizzle-orm')) as Orm['core'],
    pg: (await importBeside('drizzle-orm/pg-core')) as Orm['pg'],
    casing: (await importBeside('drizzle-orm/casing')) as Orm['casing'],
  };
}

/** Our own peer: what reads objects that were handed over live. Each import is spelled out for bundlers to see. */
export const importPeer: ImportBeside = async (specifier) => {
  try {
    switch (specifier) {
      case 'drizzle-orm/version':
        return await import('drizzle-orm/version');
      case 'drizzle-orm/pg-core':
        return await import('drizzle-orm/pg-core');
      case 'drizzle-orm/casing':
        return await import('drizzle-orm/casing');
      default:
        return await import('drizzle-orm');
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
};
