// As kysely-codegen writes it.
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>;

export type Int8 = ColumnType<string, bigint | number | string, bigint | number | string>;

export type Json = JsonValue;
export type JsonArray = JsonValue[];
export type JsonObject = { [x: string]: JsonValue | undefined };
export type JsonPrimitive = boolean | number | string | null;
export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type MemberRole = 'admin' | 'member' | 'owner';
export type Plan = 'enterprise' | 'free' | 'team';
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Accounts {
  email: string;
  id: Generated<string>;
  last_seen_at: Timestamp | null;
  locale: Generated<string>;
  password_hash: string | null;
}

export interface AuditEvents {
  at: Generated<Timestamp>;
  detail: Json | null;
  id: Generated<Int8>;
  kind: string;
  payload: Buffer | null;
  team_id: string;
}

export interface Members {
  account_id: string;
  joined_on: Generated<Timestamp>;
  role: Generated<MemberRole>;
  scopes: MemberRole[] | null;
  team_id: string;
}

export interface Teams {
  created_at: Generated<Timestamp>;
  deleted_at: Timestamp | null;
  domains: Generated<string[]>;
  id: Generated<string>;
  name: string;
  plan: Generated<Plan>;
  seats: Generated<number>;
  settings: Generated<Json>;
}

export interface DB {
  accounts: Accounts;
  audit_events: AuditEvents;
  members: Members;
  teams: Teams;
}
