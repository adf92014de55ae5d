// The least that a Node process needs to apply files: it connects and sends them all, each with its row, and looks at nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ledger, rowOf } from './ledger.mjs';

const [folder] = process.argv.slice(2);
const client = new pg.Client({ connectionString: process.env.DATABASE_URL, pipeline: true });
await client.connect();
const sent = [client.query(ledger)];
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith('.sql')) continue;
  sent.push(client.query(`BEGIN; ${readFileSync(join(folder, name), 'utf8')} ${rowOf(name)} COMMIT`));
}
await Promise.all(sent);
await client.end();
