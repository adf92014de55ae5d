// The least that a Node process needs to apply files: it connects and sends them all, each with its row, and looks at nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const [folder] = process.argv.slice(2);
const client = new pg.Client({ connectionString: process.env.DATABASE_URL, pipeline: true });
await client.connect();
const sent = [
  client.query(
    'CREATE SCHEMA bare; CREATE TABLE bare.ledger (id text PRIMARY KEY, checksum text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL, runner text NOT NULL)',
  ),
];
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith('.sql')) continue;
  const row = `INSERT INTO bare.ledger VALUES ('${name}', 'sha256:0123456789', transaction_timestamp(), clock_timestamp(), 'node')`;
  sent.push(client.query(`BEGIN; ${readFileSync(join(folder, name), 'utf8')} ${row}; COMMIT`));
}
await Promise.all(sent);
await client.end();
