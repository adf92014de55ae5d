// elaborateDeclaration: what is declared as a server prints it; of several sources each by itself, and then made one.
import {
  addressOf,
  adoptEnumNames,
  type Catalog,
  type CatalogObject,
  cutAddress,
  type Declaration,
  type Kind,
  makeCatalog,
  renderAddressKey,
} from '../catalog/index.ts';
import { type Dispute, mergeDeclarations, type Telling } from '../compare/merge-declarations.ts';
import { adoptSpelling } from '../elaborate/adopt-spelling.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import type { Session } from '../postgres/session.ts';
import type { Finding } from '../report/index.ts';
import { judgeViews } from './judge-views.ts';
import { provideBeside } from './provide-beside.ts';

export interface Elaborated {
  /** With its catalog as the server prints it. */
  readonly declaration: Declaration;
  /** What its sources contradict each other in. */
  readonly disputes: readonly Dispute[];
  /** Columns of views that their queries do not give. */
  readonly views: readonly Finding[];
}

export interface Beside {
  /** What the declaration will be held against: where the server says that two values are one, its spelling is taken. */
  readonly catalog: Catalog;
  /** A scratch database that has it; null where there is none. */
  readonly database: Session | null;
  /** A new database with what a model cannot bring: extensions. */
  readonly makeDatabase: () => Promise<Session>;
}

/** Throws what `elaborate` throws. */
export async function elaborateDeclaration(declaration: Declaration, beside: Beside): Promise<Elaborated> {
  const parts = declaration.parts ?? [{ source: '', declaration }];
  const tellings: Telling[] = [];
  const views: Finding[] = [];
  for (const part of parts) {
    const others = parts.filter((each) => each !== part).map((each) => each.declaration.catalog);
    const one = await elaborateOne(part.declaration, others, beside);
    tellings.push({ ...part, declaration: one.declaration });
    views.push(...one.views);
  }
  return { ...mergeDeclarations(tellings as [Telling, ...Telling[]]), views };
}

async function elaborateOne(
  read: Declaration,
  others: readonly Catalog[],
  { catalog, database, makeDatabase }: Beside,
): Promise<Omit<Elaborated, 'disputes'>> {
  if (read.printed !== undefined) {
    const spelled = database === null ? read.catalog : await adoptSpelling(read.catalog, catalog, database);
    return { declaration: { ...read, catalog: spelled }, views: [] };
  }
  const declaration = adoptEnumNames(read, catalog);
  const session = await makeDatabase();
  await provideBeside(catalog, makeCatalog(declaredBy([declaration.catalog, ...others])), session);
  const elaborated = await elaborate(withTypesOf(others, declaration.catalog), session);
  const own = new Set(declaration.catalog.objects.map(cutKeyOf));
  const objects = elaborated.objects.filter((object) => own.has(cutKeyOf(object)));
  const spelled = await adoptSpelling(makeCatalog(objects), catalog, session);
  return {
    declaration: { ...declaration, catalog: spelled, printed: await readMajor(session) },
    views: await judgeViews(declaration, elaborated, session),
  };
}

const typeKinds: readonly Kind[] = [
  'schema',
  'extension',
  'collation',
  'enum',
  'domain',
  'composite type',
  'range type',
];

/** Of what several declare, one. */
function declaredBy(catalogs: readonly Catalog[]): readonly CatalogObject[] {
  const objects = catalogs.flatMap((each) => each.objects);
  return [...new Map(objects.map((object) => [cutKeyOf(object), object])).values()];
}

/** A column of one source may have a type that another declares. */
function withTypesOf(others: readonly Catalog[], catalog: Catalog): Catalog {
  const objects = new Map<string, CatalogObject>();
  for (const object of others.flatMap((other) => other.objects))
    if (typeKinds.includes(object.kind)) objects.set(cutKeyOf(object), object);
  for (const object of catalog.objects) objects.set(cutKeyOf(object), object);
  return makeCatalog(objects.values());
}

function cutKeyOf(object: CatalogObject): string {
  return renderAddressKey(cutAddress(addressOf(object)));
}

async function readMajor(session: Session): Promise<number> {
  const { rows } = await session.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  return Math.floor((rows[0]?.version ?? 0) / 10_000);
}
