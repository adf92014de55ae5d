// url: the connection string of the database, for psql and the like. It holds the password: that is what it is for.
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { findUrl } from '../open-database.ts';

export async function run({ cwd, env, flags }: Context): Promise<Outcome> {
  const url = await findUrl(readConfig(cwd, env, flags));
  return { exit: 0, text: url, json: { version: 1, url } };
}
