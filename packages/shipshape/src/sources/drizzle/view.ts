// One drizzle view, plain or materialized.
import type { PgColumn, PgMaterializedView, PgView } from 'drizzle-orm/pg-core';
import {
  addressOf,
  cutIdentifier,
  type MaterializedView,
  renderAddressKey,
  type Silence,
  type View,
  type ViewColumn,
} from '../../catalog/index.ts';
import { enumOf, typeOf } from './column.ts';
import type { Dialect } from './dialect.ts';

export interface ReadView {
  readonly view: View | MaterializedView;
  readonly silence: readonly Silence[];
  /** False when the models name it without a schema. */
  readonly qualified: boolean;
}

/** Throws an Error when a query throws. */
export function readView(dialect: Dialect, source: PgView | PgMaterializedView): ReadView {
  const { pg } = dialect.orm;
  const materialized = pg.isPgMaterializedView(source);
  const config = materialized ? pg.getMaterializedViewConfig(source) : pg.getViewConfig(source as PgView);
  const place = { schema: config.schema ?? 'public', name: cutIdentifier(config.name) };
  const { columns, sure } = readColumns(dialect, config.selectedFields as Record<string, unknown>);
  const viewed = {
    ...place,
    columns,
    definition: config.query === undefined ? '' : dialect.renderQuery(config.query),
  };
  const view: View | MaterializedView = materialized
    ? { kind: 'materialized view', ...viewed, populated: 'withNoData' in config ? !config.withNoData : true }
    : { kind: 'view', ...viewed, ...withOptions(config) };
  const key = renderAddressKey(addressOf(view));
  const existing: readonly Silence[] =
    config.query === undefined
      ? [
          {
            address: key,
            aspect: 'definition',
            because: 'declared with .existing(): its query is elsewhere',
          },
          { address: key, aspect: 'options', because: 'declared with .existing(): its query is elsewhere' },
        ]
      : [];
  const unsure: readonly Silence[] =
    config.query === undefined && !sure
      ? [{ address: key, aspect: 'columns', because: 'the type of an sql`…` expression is not known' }]
      : [];
  return { view, silence: [...existing, ...unsure], qualified: config.schema !== undefined };
}

function withOptions(config: object): Pick<View, 'options'> {
  const given = 'with' in config ? (config.with as Readonly<Record<string, unknown>> | undefined) : undefined;
  const words: Readonly<Record<string, string>> = {
    checkOption: 'check_option',
    securityBarrier: 'security_barrier',
    securityInvoker: 'security_invoker',
  };
  const options = Object.entries(given ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${words[name] ?? name}=${value}`],
  );
  return options.length === 0 ? {} : { options: options.sort() };
}

/** Only a server knows the type of an expression: `sure` is false where there is one. */
function readColumns(
  dialect: Dialect,
  fields: Readonly<Record<string, unknown>>,
): { readonly columns: readonly ViewColumn[]; readonly sure: boolean } {
  const { core } = dialect.orm;
  let sure = true;
  const columns: ViewColumn[] = [];
  for (const field of Object.values(fields)) {
    if (core.is(field, core.Column)) {
      const column = field as PgColumn;
      const type = typeOf(column, enumOf(dialect, column));
      columns.push({ name: cutIdentifier(dialect.nameOf(column)), type });
    } else if (core.is(field, core.SQL.Aliased)) {
      sure = false;
      columns.push({ name: cutIdentifier(field.fieldAlias), type: 'unknown' });
    } else if (typeof field === 'object' && field !== null) {
      const inner = readColumns(dialect, field as Record<string, unknown>);
      sure = sure && inner.sure;
      columns.push(...inner.columns);
    }
  }
  return { columns, sure };
}
