// The limit of a migrate that has nothing to do: a Node script that connects and reads the ledger.
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const { rows } = await client.query('SELECT id, checksum FROM shipshape.ledger ORDER BY id');
if (rows.length === 0) throw new Error('the ledger is empty');
await client.end();
