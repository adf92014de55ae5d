import {
  bigint,
  boolean,
  char,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  varchar,
} from 'drizzle-orm/pg-core';

/** Every table but the first belongs to a tenant. */
const ofTenant = () => ({
  tenant: varchar('tenant', { length: 12 })
    .notNull()
    .references(() => tenants.code),
});

export const tenants = pgTable('tenants', {
  code: varchar('code', { length: 12 }).primaryKey(),
  name: text('name').notNull(),
  currency: char('currency', { length: 3 }).notNull().default('EUR'),
});

export const accounts = pgTable(
  'accounts',
  {
    ...ofTenant(),
    number: integer('number').notNull(),
    name: text('name').notNull(),
    parent: integer('parent'),
    closed: boolean('closed').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.number] }),
    unique('accounts_tenant_name_key').on(table.tenant, table.name),
    foreignKey({
      columns: [table.tenant, table.parent],
      foreignColumns: [table.tenant, table.number],
      name: 'accounts_parent_fkey',
    }),
  ],
);

export const bookings = pgTable(
  'bookings',
  {
    ...ofTenant(),
    id: bigint('id', { mode: 'bigint' }).notNull(),
    bookedOn: date('booked_on').notNull(),
    text: varchar('text', { length: 500 }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index('bookings_tenant_booked_on_idx').on(table.tenant, table.bookedOn),
  ],
);

export const bookingLines = pgTable(
  'booking_lines',
  {
    tenant: varchar('tenant', { length: 12 }).notNull(),
    bookingId: bigint('booking_id', { mode: 'bigint' }).notNull(),
    position: smallint('position').notNull(),
    account: integer('account').notNull(),
    amount: numeric('amount', { precision: 18, scale: 4 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.bookingId, table.position] }),
    foreignKey({
      columns: [table.tenant, table.bookingId],
      foreignColumns: [bookings.tenant, bookings.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.tenant, table.account],
      foreignColumns: [accounts.tenant, accounts.number],
    }),
    index('booking_lines_account_idx').on(table.tenant, table.account),
  ],
);
