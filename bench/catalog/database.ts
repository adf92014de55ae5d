// Tables of fifteen columns, as a database and as models in every form that a peer reads.

export const enums = ['kind', 'state', 'level', 'colour'].map((name) => ({
  name,
  labels: ['one', 'two', 'three', 'four'],
}));

export const tableName = (at: number): string => `t${String(at).padStart(5, '0')}`;
export const enumOf = (at: number): string => (enums[at % enums.length] as (typeof enums)[number]).name;

/** Statements that build it; each is a batch that may be sent as one message. */
export function makeStatements(tables: number): readonly string[] {
  const statements = [
    enums
      .map(({ name, labels }) => `CREATE TYPE ${name} AS ENUM (${labels.map((each) => `'${each}'`)})`)
      .join(';'),
  ];
  for (let at = 0; at < tables; at += 1) {
    const name = tableName(at);
    const parent = tableName(Math.max(0, at - 1));
    statements.push(`CREATE TABLE ${name} (
      id integer NOT NULL, c01 text NOT NULL, c02 varchar(64), c03 integer NOT NULL DEFAULT 0, c04 bigint,
      c05 boolean NOT NULL DEFAULT false, c06 timestamptz NOT NULL DEFAULT now(), c07 timestamp, c08 jsonb, c09 uuid,
      c10 numeric(12,2), c11 double precision, c12 date, status ${enumOf(at)} NOT NULL DEFAULT 'one', parent_id integer,
      CONSTRAINT ${name}_pkey PRIMARY KEY (id),
      CONSTRAINT ${name}_c01_unique UNIQUE (c01),
      CONSTRAINT ${name}_parent_id_fk FOREIGN KEY (parent_id) REFERENCES ${parent} (id));
      CREATE INDEX ${name}_parent ON ${name} (parent_id, c06)`);
  }
  return statements;
}

/** A module of Drizzle models, which is JavaScript and TypeScript alike. */
export function renderDrizzle(tables: number): string {
  const lines = [
    "import * as p from 'drizzle-orm/pg-core';",
    ...enums.map(
      ({ name, labels }) => `export const ${name} = p.pgEnum('${name}', ${JSON.stringify(labels)});`,
    ),
  ];
  for (let at = 0; at < tables; at += 1) {
    const name = tableName(at);
    const parent = tableName(Math.max(0, at - 1));
    lines.push(`export const ${name} = p.pgTable('${name}', {
  id: p.integer('id').primaryKey(), c01: p.text('c01').notNull().unique('${name}_c01_unique'),
  c02: p.varchar('c02', { length: 64 }), c03: p.integer('c03').notNull().default(0), c04: p.bigint('c04', { mode: 'number' }),
  c05: p.boolean('c05').notNull().default(false), c06: p.timestamp('c06', { withTimezone: true }).notNull().defaultNow(),
  c07: p.timestamp('c07'), c08: p.jsonb('c08'), c09: p.uuid('c09'), c10: p.numeric('c10', { precision: 12, scale: 2 }),
  c11: p.doublePrecision('c11'), c12: p.date('c12'), status: ${enumOf(at)}('status').notNull().default('one'),
  parentId: p.integer('parent_id'),
}, (t) => [
  p.foreignKey({ name: '${name}_parent_id_fk', columns: [t.parentId], foreignColumns: [${parent === name ? 't.id' : `${parent}.id`}] }),
  p.index('${name}_parent').on(t.parentId, t.c06),
]);`);
  }
  return `${lines.join('\n')}\n`;
}
