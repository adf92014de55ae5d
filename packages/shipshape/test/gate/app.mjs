// A small application as users write one: the gate, and then a port.
import { createServer } from 'node:http';
import { integer, pgTable, varchar } from 'drizzle-orm/pg-core';
import { gate, renderStart } from 'shipshape';
import { drizzle } from 'shipshape/drizzle';
import { orExit } from 'shipshape/process';

const customer = pgTable('customer', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  name: varchar('name', { length: 80 }).notNull().default('nobody'),
});
const purchase = pgTable('purchase', { id: integer('id').primaryKey(), customerId: integer('customer_id') });

const judgement = await orExit(
  gate({
    application: 'shop',
    source: drizzle({ schema: { customer, purchase } }),
    connection: process.env.DATABASE_URL,
    snapshotFile: process.env.SNAPSHOT,
    mode: process.env.MODE,
  }),
);
process.stdout.write(`${renderStart('shop', judgement, { width: 120, colour: false }, true)}\n`);
const server = createServer((_request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write('listening\n');
  server.close();
});
