// The files of a kept database: its cluster and its generated password, made together.
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedError } from '../embedded-error.ts';
import { runInitdb } from '../server/initdb.ts';
import { readServerAccount } from '../system/account.ts';
import { makeFolder } from '../system/places.ts';
import { publishFolder } from '../system/publish.ts';
import { chownTree } from '../system/tree.ts';
import { type Installation, majorOf } from './installation.ts';

/**
 * The one role of a kept database; a superuser, as in any development server. Not `shipshape`: search_path begins with
 * "$user", and what a migration makes without naming a schema would go into the schema of Shipshape's ledger.
 */
export const keptRole = 'postgres';

interface Access {
  /** For whoever wonders what this folder belongs to. */
  readonly project: string;
  readonly password: string;
}

export function readPassword(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'access.json'), 'utf8')) as Access).password;
}

/**
 * Makes the cluster unless it is there. It is initialised for itself, with sync and checksums: a clone of the scratch
 * template would share that one's system identifier.
 * @throws EmbeddedError `embedded-version-mismatch`, `embedded-start-failed`
 */
export async function makeCluster(
  folder: string,
  project: string,
  installation: Installation,
): Promise<void> {
  makeFolder(dirname(folder));
  await publishFolder(folder, readServerAccount() === null ? 0o700 : 0o711, (unfinished) =>
    buildCluster(unfinished, project, installation),
  );
  const major = readFileSync(join(folder, 'data', 'PG_VERSION'), 'utf8').trim();
  if (Number(major) === majorOf(installation.version)) return;
  throw new EmbeddedError('embedded-version-mismatch', {
    what: `The kept database of ${project} was made by PostgreSQL ${major}; the installed one is ${installation.version}.`,
    because: 'a data directory belongs to one major version',
    do: `install the shipshape-embedded that brought PostgreSQL ${major} and dump the data, or remove ${folder} to begin anew`,
  });
}

async function buildCluster(folder: string, project: string, installation: Installation): Promise<void> {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const access: Access = { project, password: randomBytes(24).toString('base64url') };
  writeFileSync(join(folder, 'access.json'), JSON.stringify(access), { mode: 0o600 });
  writeFileSync(passwordFile, access.password, { mode: 0o600 });
  await runInitdb(
    { bin: installation.bin, major: majorOf(installation.version) },
    data,
    [`--username=${keptRole}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    [passwordFile],
  );
  rmSync(passwordFile);
  const account = readServerAccount();
  if (account !== null) chownTree(data, account);
}
