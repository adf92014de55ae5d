import { eq, isNull, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  date,
  doublePrecision,
  index,
  integer,
  numeric,
  pgTable,
  pgView,
  point,
  smallint,
  text,
  time,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core';

export const branches = pgTable('branches', {
  id: smallint('id').primaryKey().generatedAlwaysAsIdentity(),
  name: varchar('name', { length: 80 }).notNull(),
  opens: time('opens').notNull().default('09:00'),
  closes: time('closes').notNull().default('18:00'),
  position: point('position'),
});

export const books = pgTable('books', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  isbn: char('isbn', { length: 13 }).notNull().unique(),
  title: text('title').notNull(),
  pages: integer('pages'),
  priceCents: integer('price_cents').notNull().default(0),
  priceEuros: numeric('price_euros', { precision: 10, scale: 2 }).generatedAlwaysAs(sql`price_cents / 100.0`),
  titleLower: text('title_lower').generatedAlwaysAs(sql`lower(title)`),
});

export const readers = pgTable('readers', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  card: varchar('card', { length: 16 }).notNull().unique(),
  born: date('born'),
  fee: doublePrecision('fee').notNull().default(0),
  active: boolean('active').notNull().default(true),
});

export const loans = pgTable(
  'loans',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    bookId: integer('book_id')
      .notNull()
      .references(() => books.id),
    readerId: bigint('reader_id', { mode: 'number' })
      .notNull()
      .references(() => readers.id, { onDelete: 'cascade', onUpdate: 'cascade' }),
    branchId: smallint('branch_id').references(() => branches.id, { onDelete: 'set null' }),
    takenAt: timestamp('taken_at').notNull().defaultNow(),
    dueOn: date('due_on').notNull(),
    returnedAt: timestamp('returned_at'),
  },
  (table) => [index('loans_reader_id_idx').on(table.readerId)],
);

export const openLoans = pgView('open_loans').as((query) =>
  query
    .select({ id: loans.id, title: books.title, card: readers.card, dueOn: loans.dueOn })
    .from(loans)
    .innerJoin(books, eq(books.id, loans.bookId))
    .innerJoin(readers, eq(readers.id, loans.readerId))
    .where(isNull(loans.returnedAt)),
);
