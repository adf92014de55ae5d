import { defineEntity, p } from '@mikro-orm/core';

export const Branch = defineEntity({
  name: 'Branch',
  tableName: 'branches',
  properties: {
    id: p.smallint().primary().autoincrement(false).generated('identity'),
    name: p.string().length(80),
    opens: p.time().columnType('time').default('09:00'),
    closes: p.time().columnType('time').default('18:00'),
    position: p.type('unknown').columnType('point').nullable(),
  },
});

export const Book = defineEntity({
  name: 'Book',
  tableName: 'books',
  properties: {
    id: p.integer().primary().generated('identity'),
    isbn: p.character().length(13).unique(),
    title: p.text(),
    pages: p.integer().nullable(),
    priceCents: p.integer().default(0),
    priceEuros: p.decimal().precision(10).scale(2).nullable().generated('(price_cents / 100.0) stored'),
    titleLower: p
      .text()
      .nullable()
      .generated((columns) => `(lower(${columns.title})) stored`),
  },
});

export const Reader = defineEntity({
  name: 'Reader',
  tableName: 'readers',
  properties: {
    id: p.bigint().primary().generated('by default as identity'),
    card: p.string().length(16).unique(),
    born: p.date().nullable(),
    fee: p.double().default(0),
    active: p.boolean().default(true),
  },
});

export const Loan = defineEntity({
  name: 'Loan',
  tableName: 'loans',
  properties: {
    id: p.bigint().primary().generated('by default as identity'),
    book: () => p.manyToOne(Book).updateRule('no action'),
    reader: () => p.manyToOne(Reader).deleteRule('cascade').index(),
    branch: () => p.manyToOne(Branch).nullable().updateRule('no action'),
    takenAt: p.datetime().columnType('timestamp').defaultRaw('now()'),
    dueOn: p.date(),
    returnedAt: p.datetime().columnType('timestamp').nullable(),
  },
});
