// judgeViews: columns that models declare of a view and that the query they give it does not have.
import {
  type Address,
  type Catalog,
  canonicalTypeName,
  type Declaration,
  isSerial,
  type MaterializedView,
  makeCatalog,
  type PartAddress,
  quoteIdentifier,
  renderAddress,
  renderAddressKey,
  type View,
} from '../catalog/index.ts';
import { judge } from '../need/judge.ts';
import { makeLookup } from '../need/lookup.ts';
import { makeNeed } from '../need/make-need.ts';
import type { Shortfall } from '../need/shortfall.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { transaction } from '../postgres/transaction.ts';
import { type Finding, makeFinding } from '../report/index.ts';

type Viewed = View | MaterializedView;

/**
 * `declared`: as the models say it; `printed`: the same as a server made it, where a view has the columns of its query.
 * Code reads the columns that are declared: what it needs of them is judged as of any view. `session`: where it was made.
 */
export async function judgeViews(
  declared: Declaration,
  printed: Catalog,
  session: Session,
): Promise<readonly Finding[]> {
  const views = declared.catalog.objects.filter(
    (object): object is Viewed =>
      (object.kind === 'view' || object.kind === 'materialized view') && object.definition !== '',
  );
  if (views.length === 0) return [];
  const types = new Map<string, string>();
  for (const { type } of views.flatMap(({ columns }) => columns))
    if (!types.has(type)) types.set(type, await printType(type, session));
  const asked = views.map((view) => ({
    ...view,
    columns: view.columns.map(({ name, type }) => ({ name, type: types.get(type) ?? type })),
  }));
  const named = printed.objects.filter(({ kind }) => kind === 'enum' || kind === 'domain');
  const need = makeNeed({ ...declared, catalog: makeCatalog([...asked, ...named]), unqualified: [] });
  const { shortfalls } = judge(need, {
    catalog: printed,
    searchPath: [],
    lookup: makeLookup(printed, []),
  });
  // Nothing is written to it: what a narrower type refuses or loses when it is written is no matter here.
  return shortfalls.flatMap((each) =>
    each.address.kind === 'column' && each.severity === 'error' ? [tell(each, each.address, declared)] : [],
  );
}

/** As the server prints it; `unknown` for one that it does not know, which is told by what else is of it. */
async function printType(type: string, session: Session): Promise<string> {
  if (type === 'unknown') return type;
  const known = isSerial(type) ? canonicalTypeName(type) : type;
  try {
    return await transaction(session, {}, async () => {
      await session.query(
        `CREATE TEMP VIEW shipshape_type AS SELECT NULL::${known} AS it; SET LOCAL search_path TO ''`,
      );
      const { rows } = await session.query<{ type: string }>(
        `SELECT format_type(atttypid, atttypmod) AS type FROM pg_catalog.pg_attribute
          WHERE attrelid = 'pg_temp.shipshape_type'::pg_catalog.regclass AND attnum = 1`,
      );
      await session.query('DROP VIEW pg_temp.shipshape_type');
      return rows[0]?.type ?? 'unknown';
    });
  } catch (error) {
    if (error instanceof DatabaseError) return 'unknown';
    throw error;
  }
}

function tell(
  { aspect, severity, declared: said, found, because, sqlstate }: Shortfall,
  column: PartAddress,
  { origin }: Declaration,
): Finding {
  const { schema, table: name } = column;
  const places: readonly Address[] = [
    column,
    { kind: 'view', schema, name },
    { kind: 'materialized view', schema, name },
  ];
  const line = places.map((place) => origin[renderAddressKey(place)]).find((each) => each !== undefined);
  const data = {
    view: renderAddress({ kind: 'table', schema, name }),
    column: quoteIdentifier(column.name),
    aspect,
    declared: said,
    found,
    because,
    sqlstate,
  };
  return makeFinding('view-column-not-given', data, {
    address: column,
    aspect,
    severity,
    ...(said === null ? {} : { declared: said }),
    ...(found === null ? {} : { found }),
    ...(line === undefined ? {} : { origin: line }),
  });
}
