// What the code of this case declares.
import { sql } from 'drizzle-orm';
import { bigint, index, integer, numeric, pgEnum, pgTable, text, unique, varchar } from 'drizzle-orm/pg-core';

export const orderState = pgEnum('order_state', ['open', 'paid']);

export const customer = pgTable(
  'customer',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    email: varchar('email', { length: 320 }).notNull(),
  },
  (t) => [unique('customer_email_key').on(t.email)],
);

export const purchase = pgTable(
  'purchase',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedByDefaultAsIdentity(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customer.id, { onDelete: 'cascade' }),
    state: orderState('state').notNull().default('open'),
    note: text('note'),
    total: numeric('total', { precision: 12, scale: 2 }).notNull().default('0'),
  },
  (t) => [index('purchase_open_idx').on(t.customerId).where(sql`state = 'open'`)],
);
