// readSide: what a side holds, as a server prints it.
import { type Catalog, emptyCatalog, quoteIdentifier, type Source } from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Breadth } from '../introspect/reading.ts';
import { displayPath } from '../migrate/place.ts';
import { connect } from '../postgres/connect.ts';
import type { Session } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { elaborateDeclaration } from './elaborate-declaration.ts';
import { readReplayable } from './read-replayable.ts';
import { copyExtensions } from './release.ts';
import { replay } from './replay.ts';
import { replayByCommand } from './replay-by-command.ts';
import type { Scratch } from './scratch.ts';
import type { Side, SideOrder } from './side.ts';

export interface SideWays {
  /** Started when the first side needs one. */
  readonly scratch: () => Promise<Scratch>;
  readonly breadth: Breadth;
}

/** A side, and the scratch database that has what it holds, where there is one. */
export interface ReadSide {
  readonly side: Side;
  readonly database: Session | null;
}

/** `beside`: the other side, where it has been read. Throws ShipshapeError for what cannot be read at all. */
export async function readSide(order: SideOrder, ways: SideWays, beside: ReadSide | null): Promise<ReadSide> {
  switch (order.kind) {
    case 'models':
    case 'sql':
      return readSource(order, order.source, ways, beside);
    case 'migrations':
      return readMigrations(order, ways);
    case 'database':
      return { side: await readDatabase(order.target, ways.breadth), database: null };
    case 'snapshot':
      return { side: await readKept(order), database: null };
  }
}

const nothing = { silence: [], origin: {}, provenance: {}, searchPath: ['public'], notCompared: [] };

async function readSource(
  { kind, label }: { readonly kind: 'models' | 'sql'; readonly label: string },
  source: Source,
  { scratch }: SideWays,
  beside: ReadSide | null,
): Promise<ReadSide> {
  const read = await source.declare({ origins: true });
  const catalog = beside?.side.catalog ?? emptyCatalog;
  const { declaration } = await elaborateDeclaration(read, {
    catalog,
    database: beside?.database ?? null,
    makeDatabase: async () => {
      const session = await (await scratch()).createDatabase();
      if (beside?.database) await copyExtensions(beside.database, session);
      else await provideExtensions(catalog, session);
      return session;
    },
  });
  const { silence, origin, printed: major = null } = declaration;
  const side = { ...nothing, kind, label, catalog: declaration.catalog, major, silence, origin };
  return { side, database: null };
}

/** What the other side has, as far as this server has it too. */
async function provideExtensions(catalog: Catalog, session: Session): Promise<void> {
  const { rows } = await session.query<{ name: string }>('SELECT name FROM pg_available_extensions');
  const available = new Set(rows.map(({ name }) => name));
  for (const object of catalog.objects)
    if (object.kind === 'extension' && available.has(object.name))
      await session.query(`CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(object.name)} CASCADE`);
}

async function readMigrations(
  order: Extract<SideOrder, { kind: 'migrations' }>,
  { scratch }: SideWays,
): Promise<ReadSide> {
  const folder = await readReplayable(order);
  const database = await (await scratch()).createDatabase();
  const {
    catalog,
    provenance,
    postgres: major,
  } = order.replay === undefined
    ? await replay(folder, database, [])
    : await replayByCommand(order.replay, folder, database, []);
  return { side: { ...nothing, kind: order.kind, label: order.label, catalog, major, provenance }, database };
}

async function readDatabase(target: Target, breadth: Breadth): Promise<Side> {
  const session = await connect(target, { applicationName: 'shipshape:diff' });
  try {
    const { catalog, server, uncompared } = await readCatalog(session, { breadth, counted: true });
    const { searchPath, major } = server;
    return {
      ...nothing,
      kind: 'database',
      label: target.display,
      catalog,
      major,
      searchPath,
      notCompared: uncompared,
    };
  } finally {
    await session.close();
  }
}

async function readKept(order: Extract<SideOrder, { kind: 'snapshot' }>): Promise<Side> {
  const reading = await readSnapshot(order.file);
  if (reading.kind === 'missing')
    throw new ShipshapeError([makeFinding('snapshot-not-there', { file: displayPath(order.file) })]);
  const { catalog, provenance, postgres: major } = reading.snapshot;
  return { ...nothing, kind: 'snapshot', label: order.label, catalog, major, provenance };
}
