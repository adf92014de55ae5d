// What the code of this case declares: views whose columns are said beside their query.
import { sql } from 'drizzle-orm';
import {
  integer,
  numeric,
  pgEnum,
  pgMaterializedView,
  pgTable,
  pgView,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

export const state = pgEnum('state', ['open', 'paid']);

export const purchase = pgTable('purchase', {
  id: integer('id').primaryKey(),
  state: state('state').notNull(),
  amount: numeric('amount', { precision: 12, scale: 2 }).notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
});

export const given = pgView('given', {
  id: integer('id'),
  state: state('state'),
  total: numeric('total'),
  madeAt: timestamp('made_at', { withTimezone: true }),
}).as(sql`select id, state, amount as total, made_at, 'more' as more from purchase`);

export const built = pgView('built').as((query) =>
  query.select({ id: purchase.id, twice: sql<string>`${purchase.amount} * 2`.as('twice') }).from(purchase),
);

export const lacking = pgView('lacking', {
  id: integer('id'),
  // The query calls it otherwise.
  madeAt: timestamp('madeAt', { withTimezone: true }),
  note: text('note'),
}).as(sql`select id, made_at from purchase`);

export const retyped = pgMaterializedView('retyped', {
  state: state('state'),
  number: integer('number'),
  day: timestamp('day', { withTimezone: true }),
}).as(
  sql`select amount::text as state, count(*) as number, min(made_at)::date as day from purchase group by amount`,
);
