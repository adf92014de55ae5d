import pg from 'pg';

// PGHOST and the like say where.
const client = new pg.Client();
await client.connect();
await client.query('CREATE TABLE users (id serial PRIMARY KEY)');
await client.end();
