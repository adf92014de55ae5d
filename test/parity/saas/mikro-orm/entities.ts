import { defineEntity, p } from '@mikro-orm/core';

const uuid = () => p.uuid().primary().defaultRaw('gen_random_uuid()');
const stamp = () => p.datetime().columnType('timestamptz');
const roles = ['owner', 'admin', 'member'];

export const Team = defineEntity({
  name: 'Team',
  tableName: 'teams',
  properties: {
    id: uuid(),
    name: p.string().length(100),
    plan: p.enum(['free', 'team', 'enterprise']).nativeEnumName('plan').default('free'),
    seats: p.smallint().default(3),
    settings: p.json().default('{}'),
    domains: p.array().default([]),
    createdAt: stamp().defaultRaw('now()'),
    deletedAt: stamp().nullable(),
  },
  uniques: [
    {
      name: 'teams_name_live_idx',
      expression: 'create unique index teams_name_live_idx on teams (name) where deleted_at is null',
    },
  ],
});

export const Account = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: uuid(),
    email: p.text().unique(),
    passwordHash: p.text().nullable(),
    locale: p.character().length(2).default('en'),
    lastSeenAt: p.datetime().columnType('timestamp').nullable(),
  },
});

export const Member = defineEntity({
  name: 'Member',
  tableName: 'members',
  properties: {
    team: () => p.manyToOne(Team).primary().deleteRule('cascade').updateRule('no action'),
    account: () => p.manyToOne(Account).primary().deleteRule('cascade').updateRule('no action').index(),
    role: p.enum(roles).nativeEnumName('member_role').default('member'),
    scopes: p.array().columnType('member_role[]').nullable(),
    joinedOn: p.date().defaultRaw('CURRENT_DATE'),
  },
});

export const AuditEvent = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_events',
  properties: {
    id: p.bigint().primary(),
    team: () => p.manyToOne(Team).updateRule('no action'),
    kind: p.string().length(40),
    detail: p.json().nullable(),
    payload: p.blob().nullable(),
    at: stamp().defaultRaw('now()'),
  },
  indexes: [
    {
      name: 'audit_events_team_id_at_idx',
      expression: (table, columns) =>
        `create index audit_events_team_id_at_idx on ${table.name} (${columns.team}, "${columns.at}" desc)`,
    },
  ],
});
