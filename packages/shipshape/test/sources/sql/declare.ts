// A schema of a few files, read by the sql source on a server of the test file.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll } from 'vitest';
import type { Declaration, Source } from '../../../src/catalog/index.ts';
import { openScratch } from '../../../src/prove/scratch.ts';
import { ShipshapeError } from '../../../src/report/index.ts';
import { sql } from '../../../src/sources/sql/index.ts';
import { makeProject } from '../drizzle/project.ts';

/** By path. */
type Files = Readonly<Record<string, string>>;

/** `files`: what is named to the source; the whole folder by default. */
export interface Server {
  sourceOf(root: string, files?: string | readonly string[]): Source;
  declare(texts: Files, files?: string | readonly string[]): Promise<Declaration>;
  /** `code (exit): what` of each finding. */
  refusalOf(texts: Files, files?: string | readonly string[]): Promise<readonly string[]>;
}

export function useServer(): Server {
  let server: ScratchServer;
  beforeAll(async () => {
    server = await startScratchServer();
  });
  afterAll(() => server.stop());
  const sourceOf: Server['sourceOf'] = (root, files = '.') =>
    sql({ files, root, openScratch: () => openScratch({ url: server.url('postgres') }) });
  const declare: Server['declare'] = (texts, files) =>
    sourceOf(makeProject(texts, []), files).declare({ origins: true });
  return {
    sourceOf,
    declare,
    async refusalOf(texts, files) {
      const refusal = await declare(texts, files).catch((error: unknown) => error);
      if (!(refusal instanceof ShipshapeError)) throw refusal;
      return refusal.findings.map(({ code, exit, what }) => `${code} (${exit}): ${what}`);
    },
  };
}

/** What there is, and where: `column public.a.id a.sql:1`, without the schemas. */
export function placesOf({ origin }: Declaration): readonly string[] {
  return Object.entries(origin)
    .filter(([key]) => !key.startsWith('schema '))
    .map(([key, { file, line }]) => `${key} ${file}:${line}`)
    .sort();
}
