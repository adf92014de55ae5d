// Runs initdb into a new folder, as an account that it accepts.
import { execFile } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedError, renderThrown } from '../embedded-error.ts';
import { readInitdbAccount } from '../system/account.ts';

/**
 * Neither locale nor zone of the machine gets in: UTF8, the built-in C.UTF-8 (PostgreSQL 17 and later, "Locale
 * Providers") and UTC everywhere.
 */
const sameEverywhere = [
  '--encoding=UTF8',
  '--no-locale',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
  '--set=timezone=UTC',
  '--set=log_timezone=UTC',
];

/**
 * Makes `data`, which belongs to the account initdb ran as until it is given to the server's. `readable` are files that
 * initdb must read.
 * @throws EmbeddedError `embedded-no-user`, `embedded-start-failed`
 */
export async function runInitdb(
  bin: string,
  data: string,
  options: readonly string[],
  readable: readonly string[] = [],
): Promise<void> {
  const { account, prefix } = await readInitdbAccount();
  mkdirSync(data, { mode: 0o700 });
  if (account !== null) for (const path of [data, ...readable]) chownSync(path, account.uid, account.gid);
  const [command, ...args] = [
    ...prefix,
    join(bin, 'initdb'),
    `--pgdata=${data}`,
    ...sameEverywhere,
    ...options,
  ];
  try {
    // PATH only for the prefix: initdb itself finds everything beside it.
    await promisify(execFile)(command!, args, { cwd: '/', env: { PATH: process.env.PATH }, ...account });
  } catch (thrown) {
    throw new EmbeddedError('embedded-start-failed', {
      what: 'initdb could not make a database cluster.',
      because: renderThrown(thrown).trim(),
      do: `see whether ${data} can be written and has 100 MB of room`,
    });
  }
}
