// verifySchemas: verify, of many tenants in schemas of one database, by one look at all of it.
import {
  addressOf,
  type CatalogObject,
  renameSchema,
  renameSchemaInTexts,
  renderAddressKey,
  schemaOf,
  type TableAccess,
} from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Reading } from '../introspect/reading.ts';
import { assertOwnFolder } from '../migrate/assert-own-folder.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { makeLookup } from '../need/lookup.ts';
import { connect } from '../postgres/connect.ts';
import type { Session } from '../postgres/session.ts';
import { readSnapshot, type SnapshotReading } from '../snapshot/read-snapshot.ts';
import type { SeenTenant } from './judge-database.ts';
import { judgeWithLines } from './judge-with-lines.ts';
import type { Judgement } from './judgement.ts';
import { readLedgers } from './read-ledgers.ts';
import type { Live } from './read-live.ts';
import type { VerifyOptions } from './verify.ts';

/** Where a folder is replayed, what names no schema lands here; in a tenant, in its schema. */
const home = 'public';

/**
 * By schema, in their order. What the code and the snapshot have in `public` is looked for in the tenant's schema: what lies in
 * `public` itself is nobody's there. Never changes anything. Throws as
 * `verify` does, and ShipshapeError `fleet-of-another-tool` (exit 2).
 */
export async function verifySchemas(
  options: VerifyOptions,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, Judgement>> {
  const { source, target, severities, snapshotExpected = true } = options;
  const [declaration, snapshot, folder] = await Promise.all([
    source === null ? null : source.declare({ origins: 'on demand', extent: 'needed' }),
    options.snapshotFile === null ? null : readSnapshot(options.snapshotFile),
    options.folder === null ? undefined : readFolder(options.folder, { format: options.format }),
  ]);
  if (folder !== undefined) assertOwnFolder(folder);
  const session = await connect(target, { applicationName: 'shipshape:verify' });
  try {
    const started = performance.now();
    const tenantOf = await readTenants(session, schemas);
    const snapshotOf = snapshotsOf(snapshot);
    const judged = new Map<string, Judgement>();
    for (const schema of schemas) {
      const kept = snapshotOf(schema);
      const known = {
        session,
        snapshot: kept,
        snapshotExpected,
        folder,
        severities,
        tenant: tenantOf(schema),
      };
      const told = await judgeWithLines({ ...known, declaration });
      const milliseconds = performance.now() - started;
      judged.set(schema, { ...told, target: target.display, milliseconds });
    }
    return judged;
  } finally {
    await session.close();
  }
}

/** What a tenant's name means in a view (an alias), it means on both sides. */
function snapshotsOf(kept: SnapshotReading | null): (schema: string) => SnapshotReading | null {
  if (kept?.kind !== 'found') return () => kept;
  const { snapshot } = kept;
  const texts = JSON.stringify(snapshot.catalog);
  return (schema) => {
    if (schema === home || !texts.includes(schema)) return kept;
    return {
      ...kept,
      snapshot: { ...snapshot, catalog: renameSchemaInTexts(snapshot.catalog, schema, home) },
    };
  };
}

async function readTenants(
  session: Session,
  schemas: readonly string[],
): Promise<(schema: string) => SeenTenant> {
  const reading = await readCatalog(session, { ownSchemas: schemas, counted: true });
  const ledgerOf = await readLedgers(session, schemas);
  const bySchema = new Map<string | null, CatalogObject[]>();
  for (const object of reading.catalog.objects) {
    const schema = schemaOf(addressOf(object));
    const others = bySchema.get(schema);
    if (others === undefined) bySchema.set(schema, [object]);
    else others.push(object);
  }
  const apart = new Set([home, ...schemas]);
  const shared = [...bySchema].flatMap(([schema, objects]) =>
    schema !== null && apart.has(schema) ? [] : objects,
  );
  return (schema) => ({
    seen: asTenant(reading, schema, [...shared, ...(bySchema.get(schema) ?? [])]),
    ...ledgerOf(schema),
  });
}

/** The tenant's schema in the place of `public`. */
function asTenant({ access, server, uncompared }: Reading, schema: string, objects: CatalogObject[]): Live {
  const catalog = renameSchema({ objects }, schema, home);
  const may = new Map<string, TableAccess>();
  for (const object of objects) {
    const address = addressOf(object);
    const found = access.get(renderAddressKey(address));
    if (found === undefined || !('schema' in address)) continue;
    const place = address.schema === schema ? { ...address, schema: home } : address;
    may.set(renderAddressKey(place), found);
  }
  const searchPath = [home, ...server.searchPath.filter((each) => each !== home && each !== schema)];
  const { database, user, major } = server;
  const lookup = makeLookup(catalog, searchPath, may);
  return { live: { catalog, searchPath, lookup, database, user }, major, uncompared };
}
