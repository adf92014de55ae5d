import {
  bigserial,
  integer,
  pgTable,
  primaryKey,
  serial,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

export const big = pgTable('big', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  name: text('name'),
});
export const identityForSerial = pgTable('identity_for_serial', {
  id: serial('id').primaryKey(),
  name: text('name'),
});
export const keyOrder = pgTable(
  'key_order',
  { a: integer('a').notNull(), b: integer('b').notNull(), c: integer('c').notNull() },
  (table) => [primaryKey({ columns: [table.a, table.b] })],
);
export const indexForConstraint = pgTable('index_for_constraint', {
  id: integer('id').primaryKey(),
  email: text('email').notNull().unique(),
});
export const constraintForIndex = pgTable(
  'constraint_for_index',
  { id: integer('id').primaryKey(), email: text('email').notNull() },
  (table) => [uniqueIndex('constraint_for_index_email').on(table.email)],
);
export const nulls = pgTable('nulls', { id: integer('id').primaryKey(), code: text('code') }, (table) => [
  unique('nulls_code_key').on(table.code).nullsNotDistinct(),
]);
