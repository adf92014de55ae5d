import { spawnSync } from 'node:child_process';

const program = `
  const { Client } = require('pg');
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  client.connect()
    .then(() => client.query('ALTER TABLE users ADD COLUMN email text'))
    .then(() => client.end());
`;
const { status } = spawnSync(process.execPath, ['-e', program], {
  stdio: 'inherit',
  cwd: import.meta.dirname,
});
process.exit(status);
