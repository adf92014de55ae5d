// Scratch: throwaway databases for the proofs, on the embedded server or on one that the user names.
import { randomUUID } from 'node:crypto';
import { quoteIdentifier } from '../catalog/index.ts';
import { connect } from '../postgres/connect.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import type { OwnSession } from '../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

export interface Scratch {
  /** A session in a new, empty database. */
  createDatabase(): Promise<OwnSession>;
  /** Takes every database with it. */
  close(): Promise<void>;
}

/**
 * `url` names a server on which the role may create databases; without it the package `shipshape-embedded` starts one
 * that dies with this process. Throws ShipshapeError `scratch-missing`.
 */
export async function openScratch(options: { readonly url?: string | undefined }): Promise<Scratch> {
  return options.url === undefined ? openEmbedded() : openExternal(options.url);
}

async function openEmbedded(): Promise<Scratch> {
  const { startScratchServer } = await loadEmbedded();
  const server = await startScratchServer();
  const sessions: OwnSession[] = [];
  return {
    async createDatabase() {
      const session = await connect(await server.createDatabase(), { applicationName: 'shipshape:scratch' });
      sessions.push(session);
      return session;
    },
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
      await server.stop();
    },
  };
}

async function loadEmbedded(): Promise<typeof import('shipshape-embedded')> {
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
  const made: { readonly name: string; readonly session: OwnSession }[] = [];
  return {
    async createDatabase() {
      const name = `shipshape_scratch_${randomUUID().replaceAll('-', '')}`;
      await admin.query(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0`);
      const session = await connect({ ...target, database: name }, { applicationName: 'shipshape:scratch' });
      made.push({ name, session });
      return session;
    },
    async close() {
      for (const { name, session } of made) {
        await session.close();
        await admin.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`);
      }
      await admin.close();
    },
  };
}
