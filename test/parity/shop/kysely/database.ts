import type { Generated, JSONColumnType } from 'kysely';

interface Customer {
  id: Generated<number>;
  email: string;
  country: string;
  marketing: Generated<boolean>;
}

interface Product {
  id: Generated<number>;
  sku: string;
  name: string;
  price: string;
  weight: number | null;
  attributes: JSONColumnType<Record<string, string>, string | undefined>;
  discontinued: Generated<boolean>;
}

interface Order {
  id: Generated<string>;
  customer_id: number;
  placed_at: Generated<Date>;
  note: string | null;
}

interface OrderLine {
  order_id: string;
  product_id: number;
  quantity: Generated<number>;
  unit_price: string;
}

interface Invoice {
  id: Generated<number>;
  order_id: string;
  number: string;
  state: Generated<'open' | 'paid' | 'refunded'>;
  total: string;
  issued_on: Date;
}

type Billing = { invoices: Invoice };

export interface Database extends InSchema<'billing', Billing> {
  customers: Customer;
  products: Product;
  orders: Order;
  order_lines: OrderLine;
}

type InSchema<Schema extends string, Tables> = {
  [Name in keyof Tables & string as `${Schema}.${Name}`]: Tables[Name];
};
