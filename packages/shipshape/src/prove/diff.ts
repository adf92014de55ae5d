// diff: two sides held against each other: models, migrations, databases, files of SQL, snapshots.
import {
  addressOf,
  type CatalogObject,
  type Kind,
  libraryTableOf,
  type Silence,
  type Verdict,
} from '../catalog/index.ts';
import { acrossVersions } from '../compare/across-versions.ts';
import { compare } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import { pair } from '../compare/pair.ts';
import { makeSilences } from '../compare/silence.ts';
import { viewsInPlace } from '../compare/views-in-place.ts';
import { diagnoseDifferences } from '../diagnose/differences.ts';
import { adoptSpelling } from '../elaborate/adopt-spelling.ts';
import {
  adjustSeverities,
  type Compared,
  exitOf,
  type Finding,
  type NotCompared,
  type Severities,
  withoutComparing,
} from '../report/index.ts';
import { count } from '../report/render/wrap.ts';
import { type ReadSide, readSide } from './read-side.ts';
import { openScratch, type Scratch } from './scratch.ts';
import type { Side, SideOrder } from './side.ts';

export interface DiffOptions {
  readonly from: SideOrder;
  readonly to: SideOrder;
  /** A server where databases may be made; the embedded one without it. */
  readonly scratchUrl?: string | undefined;
  readonly severities?: Severities | undefined;
}

export interface DiffResult {
  /** Null where the sides differ: that says nothing of why. */
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
  readonly coverage: Compared;
  readonly from: Pick<Side, 'kind' | 'label'>;
  readonly to: Pick<Side, 'kind' | 'label'>;
  readonly searchPath: readonly string[];
  readonly milliseconds: number;
}

/** Changes neither side. Throws ShipshapeError when one of them cannot be read. */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const started = performance.now();
  const { from, to } = await readBoth(options);
  const differences = findDifferences(from, to);
  const searchPath = to.kind === 'database' ? to.searchPath : from.searchPath;
  const told = diagnoseDifferences(differences.told, from, to, searchPath);
  const { findings, ignored } = adjustSeverities(told, options.severities, searchPath);
  return {
    verdict: exitOf(findings) === 0 ? 'agreed' : null,
    findings,
    coverage: withoutComparing(countCompared(from, to), [
      ...differences.unsaid,
      ...from.notCompared,
      ...to.notCompared,
      ...ignored,
    ]),
    from: { kind: from.kind, label: from.label },
    to: { kind: to.kind, label: to.label },
    searchPath,
    milliseconds: performance.now() - started,
  };
}

/** Sources last: they take the other side's spelling of what is one value. */
async function readBoth({ from, to, scratchUrl }: DiffOptions): Promise<{ from: Side; to: Side }> {
  let opened: Promise<Scratch> | undefined;
  const scratch = () => {
    opened ??= openScratch({ url: scratchUrl });
    return opened;
  };
  // Owners and privileges belong to an installation: only two of them can be compared.
  const breadth = from.kind === 'database' && to.kind === 'database' ? 'everything' : 'structure';
  const ways = { scratch, breadth } as const;
  const isSource = ({ kind }: SideOrder) => kind === 'models' || kind === 'sql';
  try {
    if (isSource(from)) {
      const other = await readSide(to, ways, null);
      const one = await readSide(from, ways, other);
      return { from: one.side, to: other.side };
    }
    const one = await readSide(from, ways, null);
    const other = await readSide(to, ways, one);
    return isSource(to) ? { from: one.side, to: other.side } : await inOneSpelling(one, other);
  } finally {
    await (await opened)?.close();
  }
}

async function inOneSpelling(one: ReadSide, other: ReadSide): Promise<{ from: Side; to: Side }> {
  const [from, to] = [one.side, other.side];
  const database = one.database ?? other.database;
  if (database === null) return { from, to };
  return { from: { ...from, catalog: await adoptSpelling(from.catalog, to.catalog, database) }, to };
}

interface Found {
  readonly told: readonly Difference[];
  /** What one side has and the models of the other cannot say. */
  readonly unsaid: readonly NotCompared[];
}

/**
 * Models come first where one side is models: the other is read as they can tell it. Of what is on one side only, the
 * other side's silence about what it does not declare counts.
 */
function findDifferences(from: Side, to: Side): Found {
  if (to.kind === 'models' && from.kind !== 'models') {
    const { told, unsaid } = findDifferences(to, from);
    return { told: told.map(turnRound), unsaid };
  }
  const isOfExistence = ({ aspect }: Silence) => aspect === 'existence' || aspect === 'unexpected';
  const silence = [...from.silence, ...to.silence].filter((each) => !isOfExistence(each));
  const quiet = {
    from: makeSilences(from.silence.filter(isOfExistence)),
    to: makeSilences(to.silence.filter(isOfExistence)),
  };
  const unsaid = { from: unsaidKinds(from), to: unsaidKinds(to) };
  const counts = new Map<Kind, number>();
  const { declared, migrated } =
    from.kind === 'models'
      ? viewsInPlace(from.catalog, to.catalog)
      : { declared: from.catalog, migrated: to.catalog };
  const majors = [from.major ?? to.major ?? 0, to.major ?? from.major ?? 0] as const;
  const texts = acrossVersions(compare(declared, migrated, { silence }), [declared, migrated], majors);
  const told = texts.told.filter(({ address, kind }) => {
    if (kind === 'unequal') return true;
    if (address.kind === 'schema' || libraryTableOf(address) !== null) return false;
    const [own, other] = kind === 'missing' ? (['from', 'to'] as const) : (['to', 'from'] as const);
    const sayable =
      !unsaid[other].has(address.kind) &&
      !quiet[other].covers([address], 'existence') &&
      !quiet[other].covers([address], 'unexpected') &&
      !quiet[own].covers([address], 'existence');
    if (!sayable) counts.set(address.kind, (counts.get(address.kind) ?? 0) + 1);
    return sayable;
  });
  return {
    told,
    unsaid: [
      ...textsUnsaid(texts.unsaid.length, majors),
      ...[...counts].map(([kind, number]) => ({
        what: count(number, kind).replace(/^\d+ /, ''),
        count: number,
        because: 'the models do not say it',
      })),
    ],
  };
}

function textsUnsaid(number: number, [one, other]: readonly [number, number]): readonly NotCompared[] {
  if (number === 0) return [];
  const what = number === 1 ? 'text of an expression or a query' : 'texts of expressions and queries';
  return [{ what, count: number, because: `PostgreSQL ${one} printed one side, and ${other} the other` }];
}

function turnRound(difference: Difference): Difference {
  switch (difference.kind) {
    case 'missing':
      return { kind: 'unexpected', address: difference.address, right: difference.left };
    case 'unexpected':
      return { kind: 'missing', address: difference.address, left: difference.right };
    case 'unequal': {
      const { address, rightAddress, left, right } = difference;
      return { ...difference, address: rightAddress, rightAddress: address, left: right, right: left };
    }
  }
}

/** Kinds that not every ORM has words for; what others are not declared is missed. */
const rare: readonly Kind[] = [
  'extension',
  'routine',
  'view',
  'materialized view',
  'sequence',
  'domain',
  'composite type',
  'range type',
  'collation',
  'exclusion constraint',
  'trigger',
  'policy',
  'comment',
];

/** Those of which models declare none at all: whether the ORM has words for them is then not to be seen. */
function unsaidKinds({ kind, catalog }: Side): ReadonlySet<Kind> {
  if (kind !== 'models') return new Set();
  const said = new Set(catalog.objects.map((object) => object.kind));
  return new Set(rare.filter((each) => !said.has(each as CatalogObject['kind'])));
}

/** Counts what both sides have: what only one has has been missed, not compared. */
function countCompared(from: Side, to: Side): Compared {
  const { pairs } = pair(
    from.catalog.objects,
    to.catalog.objects,
    makeSilences([...from.silence, ...to.silence]),
  );
  const counts = new Map<Kind, number>();
  for (const [object] of pairs) {
    const { kind } = addressOf(object);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const take = (...kinds: readonly Kind[]) => {
    const sum = kinds.reduce((total, kind) => total + (counts.get(kind) ?? 0), 0);
    for (const kind of kinds) counts.delete(kind);
    return sum;
  };
  const [tables, views] = [take('table'), take('view', 'materialized view')];
  const [columns, uniqueKeys, enums] = [take('column'), take('primary key', 'unique key'), take('enum')];
  // Schemas are there for what is in them.
  counts.delete('schema');
  const others = [...counts.values()].reduce((total, each) => total + each, 0);
  return { tables, ...(views === 0 ? {} : { views }), columns, uniqueKeys, enums, others };
}
