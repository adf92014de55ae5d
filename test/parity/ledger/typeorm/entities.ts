import 'reflect-metadata';
import { EntitySchema } from 'typeorm';

interface OfTenant {
  tenant: string;
}

/** Part of every key. */
const tenant = { type: 'varchar', length: 12, primary: true } as const;

export const Tenant = new EntitySchema<{ code: string }>({
  name: 'Tenant',
  tableName: 'tenants',
  columns: {
    code: { type: 'varchar', length: 12, primary: true },
    name: { type: 'text' },
    currency: { type: 'char', length: 3, default: 'EUR' },
  } as never,
});

export const Account = new EntitySchema<OfTenant>({
  name: 'Account',
  tableName: 'accounts',
  columns: {
    tenant,
    number: { type: 'integer', primary: true },
    name: { type: 'text' },
    parent: { type: 'integer', nullable: true },
    closed: { type: 'boolean', default: false },
  } as never,
  uniques: [{ columns: ['tenant', 'name'] }],
  foreignKeys: [
    { target: 'Tenant', columnNames: ['tenant'], referencedColumnNames: ['code'] },
    { target: 'Account', columnNames: ['tenant', 'parent'], referencedColumnNames: ['tenant', 'number'] },
  ],
} as never);

export const Booking = new EntitySchema<OfTenant>({
  name: 'Booking',
  tableName: 'bookings',
  columns: {
    tenant,
    id: { type: 'bigint', primary: true },
    bookedOn: { name: 'booked_on', type: 'date' },
    text: { type: 'varchar', length: 500, nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  } as never,
  indices: [{ name: 'bookings_tenant_booked_on_idx', columns: ['tenant', 'bookedOn'] }],
  foreignKeys: [{ target: 'Tenant', columnNames: ['tenant'], referencedColumnNames: ['code'] }],
} as never);

export const BookingLine = new EntitySchema<OfTenant>({
  name: 'BookingLine',
  tableName: 'booking_lines',
  columns: {
    tenant,
    bookingId: { name: 'booking_id', type: 'bigint', primary: true },
    position: { type: 'smallint', primary: true },
    account: { type: 'integer' },
    amount: { type: 'numeric', precision: 18, scale: 4 },
  } as never,
  indices: [{ name: 'booking_lines_account_idx', columns: ['tenant', 'account'] }],
  foreignKeys: [
    {
      target: 'Booking',
      columnNames: ['tenant', 'bookingId'],
      referencedColumnNames: ['tenant', 'id'],
      onDelete: 'CASCADE',
    },
    { target: 'Account', columnNames: ['tenant', 'account'], referencedColumnNames: ['tenant', 'number'] },
  ],
} as never);
