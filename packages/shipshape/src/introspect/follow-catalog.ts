// followCatalog: reads a database again and again, and each time only what has changed.
import { type CatalogObject, quoteLiteral } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { assembleFacts } from './assemble/facts.ts';
import { makeStatements, makeTouchedFacts } from './catalogue-query.ts';
import type { Frame } from './frame.ts';
import { groupByWhole, type Wholes } from './group-by-whole.ts';
import { openFrame } from './open-frame.ts';
import { type ChangesRow, makeChanges, rareNames } from './queries/changes.ts';
import type { FactRow } from './queries/family.ts';
import { renderNames } from './queries/ours.ts';
import { librarySchemas } from './set-aside.ts';

/** By address key: of whatever may have changed, as it was and as it is. What is in neither is as it was. */
export interface Changes {
  readonly before: ReadonlyMap<string, CatalogObject>;
  readonly after: ReadonlyMap<string, CatalogObject>;
}

export interface Follower {
  /**
   * What was changed since the last look; the first time everything. The session may be another one each time, in the
   * same database. Nobody else may write there: nothing is read twice to see whether the catalogue stood still.
   */
  look(session: Session, frame: Frame): Promise<Changes>;
  /** Makes the next look one at everything: where rows of the same transaction are still to come. */
  forget(): void;
}

interface Known {
  /** By catalogue, what tells its rows and what they are parts of. */
  readonly rows: Map<string, Map<string, string | null>>;
  /** Of what seldom changes: how much there is. */
  readonly totals: Map<string, string>;
  /** The youngest transaction that has left a row. */
  mark: number | null;
}

/** Plans are made once, when the catalogue is small, and have to do when it is large: by its indexes, for few rows. */
const planning = `SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off;
  SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off`;

/** Sessions whose server has the two statements. */
const prepared = new WeakSet<Session>();

/**
 * Rows of the catalogue bear the number of the transaction that wrote them, so what is younger than the last look is
 * asked for, with all that depends on it, and what is gone is told by counting. Roles, extensions and the like make it
 * a look at everything. Owners and privileges are not read.
 */
export function followCatalog(ownSchemas: readonly string[]): Follower {
  const setAside = librarySchemas.filter((name) => !ownSchemas.includes(name));
  let wholes: Wholes = new Map();
  let known: Known | null = null;

  async function look(session: Session, frame: Frame): Promise<Changes> {
    const version = Number((await openFrame(session, frame)).version);
    await session.query(`${planning}; ${preparing(session, version)}`);
    prepared.add(session);
    const changes = (known?.mark ?? null) === null ? everything(session, version) : younger(session, version);
    const result = await changes;
    await session.query(frame.close);
    return result;
  }

  function preparing(session: Session, version: number): string {
    if (prepared.has(session)) return '';
    return `PREPARE shipshape_changes (xid) AS ${makeChanges()};
            PREPARE shipshape_touched (name[], name[], oid[]) AS ${makeTouchedFacts(version)}`;
  }

  async function everything(session: Session, version: number): Promise<Changes> {
    known = knownFrom(await readChanges(session, null));
    const options = { version, breadth: 'structure', counted: false, stamped: false } as const;
    const { rows } = await session.query<FactRow>(makeStatements(options).facts, [null, setAside]);
    const { catalog, found } = assembleFacts(rows);
    const old = wholes;
    wholes = groupByWhole(catalog, found);
    return { before: flatten(old.values()), after: flatten(wholes.values()) };
  }

  async function younger(session: Session, version: number): Promise<Changes> {
    const last = known as Known;
    const changes = await readChanges(session, last.mark);
    if (isRareChange(changes, last)) return everything(session, version);
    const touched = new Set(JSON.parse(rowNamed(changes, 'touched').rows ?? '[]') as string[]);
    if (isAnythingGone(changes, last)) {
      const now = knownFrom(await readChanges(session, null));
      for (const [name, rows] of last.rows)
        for (const [key, whole] of rows)
          if (whole !== null && now.rows.get(name)?.has(key) === false) touched.add(whole);
      known = now;
    } else {
      for (const { name, rows } of changes)
        for (const [key, whole] of pairsOf(rows)) last.rows.get(name)?.set(key, whole);
      last.mark = markOf(changes) ?? last.mark;
    }
    if (touched.size === 0) return { before: new Map(), after: new Map() };
    const oids = [...touched].map((whole) => whole.split(' ')[1]);
    const { rows } = await session.query<FactRow>(
      `EXECUTE shipshape_touched (NULL, ${renderNames(setAside)}, '{${oids.join(',')}}')`,
    );
    const { catalog, found } = assembleFacts(rows);
    return replace(touched, groupByWhole(catalog, found));
  }

  function replace(touched: ReadonlySet<string>, present: Wholes): Changes {
    const names = [...new Set([...touched, ...present.keys()])];
    const before = flatten(names.flatMap((name) => wholes.get(name) ?? []));
    for (const name of names) {
      const own = present.get(name);
      if (own === undefined) wholes.delete(name);
      else wholes.set(name, own);
    }
    return { before, after: flatten(present.values()) };
  }

  return {
    async look(session, frame) {
      try {
        return await look(session, frame);
      } catch (error) {
        await session.query(frame.abandon).catch(() => undefined);
        if (!(error instanceof DatabaseError) || error.sqlstate !== sqlstates.invalidSqlStatementName)
          throw error;
        // A file has said DEALLOCATE ALL.
        prepared.delete(session);
        return look(session, frame);
      }
    },
    forget() {
      known = null;
    },
  };
}

async function readChanges(session: Session, mark: number | null): Promise<readonly ChangesRow[]> {
  const { rows } = await session.query<ChangesRow>(
    `EXECUTE shipshape_changes (${mark === null ? 'NULL' : quoteLiteral(String(mark))})`,
  );
  return rows;
}

function knownFrom(changes: readonly ChangesRow[]): Known {
  const counted = changes.filter(({ name, total }) => total !== null && !isRare(name));
  return {
    rows: new Map(counted.map(({ name, rows }) => [name, new Map(pairsOf(rows))])),
    totals: new Map(changes.filter(({ name }) => isRare(name)).map(({ name, total }) => [name, total ?? ''])),
    mark: markOf(changes),
  };
}

const isRare = (name: string): boolean => rareNames.has(name) || name === 'roles';

const rowNamed = (changes: readonly ChangesRow[], wanted: string): ChangesRow =>
  changes.find(({ name }) => name === wanted) as ChangesRow;

/** A schema that was there has another name, perhaps, which all names of things in it are printed with. */
function isRareChange(changes: readonly ChangesRow[], { rows, totals }: Known): boolean {
  const isOther = changes.some(
    ({ name, total, age }) => isRare(name) && (age !== null || (total ?? '') !== totals.get(name)),
  );
  return (
    isOther ||
    pairsOf(rowNamed(changes, 'pg_namespace').rows).some(([key]) => rows.get('pg_namespace')?.has(key))
  );
}

function isAnythingGone(changes: readonly ChangesRow[], { rows: known }: Known): boolean {
  return changes.some(({ name, total, rows }) => {
    const before = known.get(name);
    if (before === undefined || total === null) return false;
    const fresh = pairsOf(rows).filter(([key]) => !before.has(key));
    return before.size + fresh.length > Number(total);
  });
}

function pairsOf(rows: string | null): readonly (readonly [key: string, whole: string | null])[] {
  const parsed: unknown = rows === null ? [] : JSON.parse(rows);
  return (parsed as readonly unknown[]).filter((each): each is [string, string | null] =>
    Array.isArray(each),
  );
}

/** The youngest transaction as a number that wraps around at 2^32; ages are told from the present one. */
function markOf(changes: readonly ChangesRow[]): number | null {
  const ages = changes.filter(({ name, age }) => age !== null && !isRare(name));
  if (ages.length === 0) return null;
  const youngest = Math.min(...ages.map(({ age }) => Number(age)));
  return (Number(ages[0]?.now) - youngest) >>> 0;
}

function flatten(maps: Iterable<ReadonlyMap<string, CatalogObject>>): ReadonlyMap<string, CatalogObject> {
  return new Map([...maps].flatMap((each) => [...each]));
}
