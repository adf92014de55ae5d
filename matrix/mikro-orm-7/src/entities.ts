import { DeferMode, defineEntity, p } from '@mikro-orm/core';

export const Address = defineEntity({
  name: 'Address',
  embeddable: true,
  properties: {
    street: p.string(),
    zip: p.string().length(12).nullable(),
  },
});

export const Team = defineEntity({
  name: 'Team',
  schema: 'org',
  properties: {
    id: p.smallint().primary(),
    slug: p.string().length(40).unique().collation('C'),
    tier: p.enum(['free', 'paid']).nativeEnumName('tier').default('free'),
  },
});

export const Account = defineEntity({
  name: 'Account',
  comment: 'who may sign in',
  properties: {
    id: p.bigint().primary(),
    email: p.string().unique(),
    name: p.text().nullable(),
    state: p.enum(['new', 'active', 'gone']).default('new'),
    level: p.integer().default(0),
    home: () => p.embedded(Address).prefix('home_'),
    extra: p.json().nullable(),
    shouted: p
      .text()
      .nullable()
      .generated((columns) => `(upper(${columns.name})) stored`),
    createdAt: p.datetime().onCreate(() => new Date()),
    seenAt: p.datetime().length(3).defaultRaw('now()').comment('by any device'),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['state', 'level'] },
    { name: 'account_active', properties: ['level'], where: "state = 'active'" },
    { name: 'account_covered', properties: ['level'], include: ['email'] },
    { name: 'account_extra', properties: ['extra'], type: 'gin' },
    { name: 'account_lower', expression: 'create index account_lower on account (lower(email) desc)' },
    {
      name: 'account_seen',
      properties: ['seenAt'],
      columns: [{ name: 'seenAt', sort: 'desc', nulls: 'last' }],
    },
  ],
  uniques: [
    { properties: ['name', 'level'], deferMode: DeferMode.INITIALLY_DEFERRED },
    { name: 'account_name_alive', properties: ['name'], where: "state <> 'gone'" },
  ],
  checks: [{ name: 'account_level_range', expression: (columns) => `${columns.level} between 0 and 9` }],
});

export const Membership = defineEntity({
  name: 'Membership',
  properties: {
    account: () => p.manyToOne(Account).primary().deleteRule('cascade'),
    team: () => p.manyToOne(Team).primary(),
    inviter: () => p.manyToOne(Membership).nullable(),
  },
  rls: { enable: true, force: true },
  policies: [
    {
      name: 'membership_own',
      command: 'select',
      using: "account_id = current_setting('app.account')::bigint",
    },
  ],
});

export const Event = defineEntity({
  name: 'Event',
  tableName: 'event',
  partitionBy: {
    type: 'range',
    expression: ['at'],
    partitions: [{ name: 'event_2026', values: "from ('2026-01-01') to ('2027-01-01')" }],
  },
  properties: {
    id: p.bigint().primary().autoincrement(false),
    at: p.datetime().primary(),
    kind: p.string(),
  },
});

export const OpenAccount = defineEntity({
  name: 'OpenAccount',
  view: true,
  expression: "select id, email from account where state <> 'gone'",
  properties: {
    id: p.bigint().primary(),
    email: p.string(),
  },
});

export const Tally = defineEntity({
  name: 'Tally',
  view: { materialized: true },
  expression: 'select level, count(*) as accounts from account group by level',
  properties: {
    level: p.integer().primary(),
    accounts: p.bigint(),
  },
});
