import { defineEntity, p } from '@mikro-orm/core';

const identity = 'by default as identity';
const money = (precision: number) => p.decimal().precision(precision).scale(2);

export const Customer = defineEntity({
  name: 'Customer',
  tableName: 'customers',
  properties: {
    id: p.integer().primary().generated(identity),
    email: p.text(),
    country: p.character().length(2),
    marketing: p.boolean().default(true),
  },
  indexes: [{ expression: 'create unique index customers_email_lower_idx on customers (lower(email))' }],
});

export const Product = defineEntity({
  name: 'Product',
  tableName: 'products',
  properties: {
    id: p.integer().primary().generated(identity),
    sku: p.string().length(32).unique(),
    name: p.string().length(200),
    price: money(10),
    weight: p.float().nullable(),
    attributes: p.json().default('{}'),
    discontinued: p.boolean().default(false),
  },
  checks: [{ property: 'price', expression: 'price >= 0' }],
  indexes: [
    { properties: 'attributes', type: 'gin' },
    { expression: 'create index products_on_sale_idx on products (name) where not discontinued' },
  ],
});

export const Order = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: p.bigint().primary().generated(identity),
    customer: () => p.manyToOne(Customer).deleteRule('restrict').updateRule('no action').index(),
    placedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    note: p.text().nullable(),
  },
});

export const OrderLine = defineEntity({
  name: 'OrderLine',
  tableName: 'order_lines',
  properties: {
    order: () => p.manyToOne(Order).primary().deleteRule('cascade').updateRule('no action'),
    product: () => p.manyToOne(Product).primary().updateRule('no action'),
    quantity: p.integer().default(1),
    unitPrice: money(10),
  },
  checks: [{ name: 'order_lines_quantity_check', expression: (columns) => `${columns.quantity} > 0` }],
});

export const Invoice = defineEntity({
  name: 'Invoice',
  tableName: 'invoices',
  schema: 'billing',
  properties: {
    id: p.integer().primary().generated(identity),
    order: () => p.manyToOne(Order).updateRule('no action'),
    number: p.string().length(20).unique(),
    state: p.enum(['open', 'paid', 'refunded']).nativeEnumName('payment_state').default('open'),
    total: money(12),
    issuedOn: p.date(),
  },
  indexes: [
    {
      name: 'invoices_state_idx',
      expression: "create index invoices_state_idx on billing.invoices (state) where state = 'open'",
    },
  ],
});
