import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgSchema,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';

export const billing = pgSchema('billing');
export const paymentState = billing.enum('payment_state', ['open', 'paid', 'refunded']);

export const customers = pgTable(
  'customers',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    email: text('email').notNull(),
    country: char('country', { length: 2 }).notNull(),
    marketing: boolean('marketing').notNull().default(true),
  },
  (table) => [uniqueIndex('customers_email_lower_idx').on(sql`lower(${table.email})`)],
);

export const products = pgTable(
  'products',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    sku: varchar('sku', { length: 32 }).notNull().unique(),
    name: varchar('name', { length: 200 }).notNull(),
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
    weight: real('weight'),
    attributes: jsonb('attributes').notNull().default({}),
    discontinued: boolean('discontinued').notNull().default(false),
  },
  (table) => [
    check('products_price_check', sql`${table.price} >= 0`),
    index('products_attributes_idx').using('gin', table.attributes),
    index('products_on_sale_idx').on(table.name).where(sql`not ${table.discontinued}`),
  ],
);

export const orders = pgTable(
  'orders',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'restrict' }),
    placedAt: timestamp('placed_at', { withTimezone: true }).notNull().defaultNow(),
    note: text('note'),
  },
  (table) => [index('orders_customer_id_idx').on(table.customerId)],
);

export const orderLines = pgTable(
  'order_lines',
  {
    orderId: bigint('order_id', { mode: 'number' })
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id),
    quantity: integer('quantity').notNull().default(1),
    unitPrice: numeric('unit_price', { precision: 10, scale: 2 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.productId] }),
    check('order_lines_quantity_check', sql`${table.quantity} > 0`),
  ],
);

export const invoices = billing.table(
  'invoices',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    orderId: bigint('order_id', { mode: 'number' })
      .notNull()
      .references(() => orders.id),
    number: varchar('number', { length: 20 }).notNull().unique(),
    state: paymentState('state').notNull().default('open'),
    total: numeric('total', { precision: 12, scale: 2 }).notNull(),
    issuedOn: date('issued_on').notNull(),
  },
  (table) => [index('invoices_state_idx').on(table.state).where(sql`${table.state} = 'open'`)],
);
