// Runs initdb into a new folder, as an account that it accepts.
import { execFile } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedError, hasCode, renderThrown } from '../embedded-error.ts';
import { type Account, readInitdbAccount } from '../system/account.ts';

/**
 * Neither locale nor zone of the machine gets in: UTF8, UTC and the built-in C.UTF-8 everywhere (manual 23.1.4,
 * "Locale Providers"); before PostgreSQL 17, which brought that, C, which folds no letters but ASCII's.
 */
const sameEverywhere = (major: number): readonly string[] => [
  '--encoding=UTF8',
  '--no-locale',
  ...(major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
  '--no-instructions',
  // Before PostgreSQL 16 initdb sets no parameters, and takes the zone of its environment.
  ...(major >= 16 ? ['--set=timezone=UTC', '--set=log_timezone=UTC'] : []),
];

export interface Binaries {
  /** The folder of initdb. */
  readonly bin: string;
  readonly major: number;
}

/**
 * Makes `data`, which belongs to the account initdb ran as until it is given to the server's. `readable` are files that
 * initdb must read.
 * @throws EmbeddedError `embedded-no-user`, `embedded-start-failed`
 */
export async function runInitdb(
  { bin, major }: Binaries,
  data: string,
  options: readonly string[],
  readable: readonly string[] = [],
): Promise<void> {
  const { account, prefix } = await readInitdbAccount();
  mkdirSync(data, { mode: 0o700 });
  if (account !== null) for (const path of [data, ...readable]) lend(path, account);
  const [command, ...args] = [
    ...prefix,
    join(bin, 'initdb'),
    `--pgdata=${data}`,
    ...sameEverywhere(major),
    ...options,
  ];
  try {
    // PATH only for the prefix: initdb itself finds everything beside it.
    await promisify(execFile)(command!, args, {
      cwd: '/',
      env: { PATH: process.env.PATH, TZ: 'UTC' },
      ...account,
    });
  } catch (thrown) {
    throw new EmbeddedError('embedded-start-failed', {
      what: 'initdb could not make a database cluster.',
      because: renderThrown(thrown).trim(),
      do: `see whether ${data} can be written and has 100 MB of room`,
    });
  }
}

/** Root of a container without capabilities, or of a user namespace with a single id, is root in name only. */
function lend(path: string, account: Account): void {
  try {
    chownSync(path, account.uid, account.gid);
  } catch (thrown) {
    if (!hasCode(thrown, 'EPERM', 'EINVAL')) throw thrown;
    throw new EmbeddedError('embedded-no-user', {
      what: 'The embedded PostgreSQL cannot be set up by this root.',
      because: `PostgreSQL refuses to run as root, and this root may not hand files to user id ${account.uid} (${renderThrown(thrown)})`,
      do: 'run as an ordinary user, or with the capabilities CHOWN, SETUID, SETGID, KILL and DAC_OVERRIDE',
    });
  }
}
