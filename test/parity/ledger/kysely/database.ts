import type { ColumnType, Generated } from 'kysely';

type Tenanted = { tenant: string };
type Amount = ColumnType<string, string | number, string | number>;

export interface Database {
  tenants: { code: string; name: string; currency: Generated<string> };
  accounts: Tenanted & {
    number: number;
    name: string;
    parent: number | null;
    closed: Generated<boolean>;
  };
  bookings: Tenanted & {
    id: string;
    booked_on: Date;
    text: string | null;
    created_at: Generated<Date>;
  };
  booking_lines: Tenanted & {
    booking_id: string;
    position: number;
    account: number;
    amount: Amount;
  };
}
