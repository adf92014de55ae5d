import { integer, pgTable } from 'drizzle-orm/pg-core';

export const parcels = pgTable('parcels', { id: integer('id').primaryKey() });
