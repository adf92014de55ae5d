import { sql } from 'drizzle-orm';
import {
  bigserial,
  char,
  customType,
  date,
  index,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';

export const memberRole = pgEnum('member_role', ['owner', 'admin', 'member']);
export const plan = pgEnum('plan', ['free', 'team', 'enterprise']);
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const teams = pgTable(
  'teams',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: varchar({ length: 100 }).notNull(),
    plan: plan().notNull().default('free'),
    seats: smallint().notNull().default(3),
    settings: jsonb().notNull().default({}),
    domains: text().array().notNull().default([]),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('teams_name_live_idx').on(table.name).where(sql`${table.deletedAt} is null`)],
);

export const accounts = pgTable('accounts', {
  id: uuid().primaryKey().defaultRandom(),
  email: text().notNull().unique(),
  passwordHash: text('password_hash'),
  locale: char({ length: 2 }).notNull().default('en'),
  lastSeenAt: timestamp('last_seen_at'),
});

export const members = pgTable(
  'members',
  {
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: memberRole().notNull().default('member'),
    scopes: memberRole().array(),
    joinedOn: date('joined_on').notNull().default(sql`current_date`),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.accountId] }), index().on(table.accountId)],
);

export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    kind: varchar({ length: 40 }).notNull(),
    detail: jsonb(),
    payload: bytea(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('audit_events_team_id_at_idx').on(table.teamId, table.at.desc().nullsFirst())],
);
