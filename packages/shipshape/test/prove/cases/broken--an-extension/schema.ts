import { geometry, integer, pgTable } from 'drizzle-orm/pg-core';

export const place = pgTable('place', {
  id: integer('id').primaryKey(),
  at: geometry('at', { type: 'point', mode: 'tuple', srid: 4326 }),
});
