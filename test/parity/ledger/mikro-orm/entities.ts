import { EntitySchema } from '@mikro-orm/core';

interface Named {
  name: string;
}
interface Tenant extends Named {
  code: string;
  currency: string;
}
interface Account extends Named {
  tenant: Tenant;
  number: number;
  parent?: Account;
  closed: boolean;
}
interface Booking {
  tenant: Tenant;
  id: bigint;
  bookedOn: string;
  text?: string;
  createdAt: Date;
}
interface BookingLine {
  tenant: string;
  booking: Booking;
  position: number;
  account: Account;
  amount: string;
}

export const TenantSchema = new EntitySchema<Tenant>({
  name: 'Tenant',
  tableName: 'tenants',
  properties: {
    code: { type: 'string', length: 12, primary: true },
    name: { type: 'text' },
    currency: { type: 'character', length: 3, default: 'EUR' },
  },
});

const ofTenant = {
  kind: 'm:1',
  entity: 'Tenant',
  primary: true,
  fieldName: 'tenant',
  updateRule: 'no action',
} as const;

export const AccountSchema = new EntitySchema<Account>({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    tenant: ofTenant,
    number: { type: 'integer', primary: true },
    name: { type: 'text' },
    parent: {
      kind: 'm:1',
      entity: 'Account',
      joinColumns: ['tenant', 'parent'],
      ownColumns: ['parent'],
      nullable: true,
      deleteRule: 'no action',
      updateRule: 'no action',
    },
    closed: { type: 'boolean', default: false },
  },
  uniques: [{ properties: ['tenant', 'name'] }],
});

export const BookingSchema = new EntitySchema<Booking>({
  name: 'Booking',
  tableName: 'bookings',
  properties: {
    tenant: ofTenant,
    id: { type: 'bigint', primary: true },
    bookedOn: { type: 'date' },
    text: { type: 'string', length: 500, nullable: true },
    createdAt: { type: 'datetime', columnType: 'timestamptz', defaultRaw: 'now()' },
  },
  indexes: [{ properties: ['tenant', 'bookedOn'] }],
});

export const BookingLineSchema = new EntitySchema<BookingLine>({
  name: 'BookingLine',
  tableName: 'booking_lines',
  properties: {
    tenant: { type: 'string', length: 12, primary: true },
    booking: {
      kind: 'm:1',
      entity: 'Booking',
      primary: true,
      joinColumns: ['tenant', 'booking_id'],
      deleteRule: 'cascade',
      updateRule: 'no action',
    },
    position: { type: 'smallint', primary: true },
    account: {
      kind: 'm:1',
      entity: 'Account',
      joinColumns: ['tenant', 'account'],
      updateRule: 'no action',
      index: true,
    },
    amount: { type: 'decimal', precision: 18, scale: 4 },
  },
});
