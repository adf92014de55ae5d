// What the code of this case declares: by names that only the migrations make.

import { sql } from 'drizzle-orm';
import { check, customType, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

const as = (name: string) => customType<{ data: string }>({ dataType: () => name });
export const t = pgTable(
  't',
  {
    id: integer().primaryKey(),
    m: as('kinds.mood')().notNull().default('a'),
    mail: as('kinds.mail')(),
    p: as('kinds.point3')(),
    r: as('kinds.floats')(),
    mr: as('kinds.floats_multirange')(),
    c: as('citext')(),
    h: as('kinds.hstore')(),
    code: text().default(sql`kinds.code()`),
    n: integer().default(sql`kinds.newest()`),
    d: integer().default(sql`kinds.with_default(1)`),
    ms: as('kinds.mail[]')(),
  },
  (self) => [
    check('t_fine', sql`kinds.fine(${self.code})`),
    index('t_fine_code').on(sql`kinds.fine(${self.code})`),
  ],
);
