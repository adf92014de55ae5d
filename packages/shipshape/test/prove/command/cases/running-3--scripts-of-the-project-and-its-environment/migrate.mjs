// A runner of the team's own: each migration is a program, and the dialect stands in the environment.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

if (process.env.DB_DIALECT !== 'postgres') throw new Error(`no migrations for ${process.env.DB_DIALECT}`);
const folder = fileURLToPath(new URL('migrations', import.meta.url));
for (const name of readdirSync(folder)
  .filter((each) => each.endsWith('.mjs'))
  .sort()) {
  const { status } = spawnSync(process.execPath, [`${folder}/${name}`], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
