// Scratch: throwaway databases for the proofs, on the embedded server or on one that the user names.
import { randomUUID } from 'node:crypto';
import { quoteIdentifier } from '../catalog/index.ts';
import { dropProvidedRoles } from '../elaborate/provide-role.ts';
import { connect, loadDriver } from '../postgres/connect.ts';
import { explainEmbedded } from '../postgres/explain-embedded.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { offersStandIns, withStandIns } from './stand-ins.ts';

/** A session in a database of its own, and where that is, for other programs. */
export interface ScratchDatabase extends OwnSession {
  readonly target: Target;
}

export interface Scratch {
  /** A session in a new, empty database. Throws ShipshapeError `embedded-failed`. */
  createDatabase(): Promise<ScratchDatabase>;
  /** Takes every database with it, and the roles that were made for them. */
  close(): Promise<void>;
}

/**
 * `url` names a server on which the role may create databases; without it the package `shipshape-embedded` starts one
 * that dies with this process, with stand-ins for extensions that it lacks. It is not waited for until somebody asks for
 * a database. Throws ShipshapeError `scratch-missing`.
 */
export async function openScratch(options: { readonly url?: string | undefined }): Promise<Scratch> {
  return options.url === undefined ? openEmbedded() : openExternal(options.url);
}

async function openEmbedded(): Promise<Scratch> {
  const { startScratchServer } = await loadEmbedded();
  const starting = explainEmbedded(startScratchServer({ standIns: true }));
  const started = starting.catch(() => null);
  const sessions: OwnSession[] = [];
  return {
    async createDatabase() {
      const server = await starting;
      const target = parseTarget(await server.createDatabase(), {});
      const session = await connect(target, { applicationName: 'shipshape:scratch' });
      sessions.push(session);
      return Object.assign(withStandIns(session), { target });
    },
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
      // Why it did not start is told to whoever asked for a database.
      await (await started)?.stop();
    },
  };
}

async function loadEmbedded(): Promise<typeof import('shipshape-embedded')> {
  // It asks for pg too, and by itself would have it the slow way.
  loadDriver();
  try {
    return await import('shipshape-embedded');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ShipshapeError(
      [makeFinding('scratch-missing', { problem: 'shipshape-embedded is not installed' })],
      {
        cause: error,
      },
    );
  }
}

async function openExternal(url: string): Promise<Scratch> {
  const target = parseTarget(url, process.env);
  const admin = await connect(target, { applicationName: 'shipshape:scratch' });
  const standIns = await offersStandIns(admin);
  const made: { readonly name: string; readonly session: OwnSession }[] = [];
  return {
    async createDatabase() {
      const name = `shipshape_scratch_${randomUUID().replaceAll('-', '')}`;
      await admin.query(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0`);
      const there = { ...target, database: name };
      const session = await connect(there, { applicationName: 'shipshape:scratch' });
      made.push({ name, session });
      return Object.assign(standIns ? withStandIns(session) : session, { target: there });
    },
    async close() {
      for (const { name, session } of made) {
        await session.close();
        // A program that was given the database may not have let go of it.
        await admin.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
      }
      await dropProvidedRoles(admin);
      await admin.close();
    },
  };
}
