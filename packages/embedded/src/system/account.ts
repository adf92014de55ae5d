// Which accounts initdb and the server run as: PostgreSQL refuses root, and initdb wants an account with a name.
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { EmbeddedError, renderThrown } from '../embedded-error.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A number that neither Debian, systemd (`UIDS-GIDS.md` lists 60578 to 61183 as unused) nor a rootless container's
 * 65536 ids gives to anybody. The server needs no passwd entry, and a number of its own shares its files with nobody.
 */
const serverNumber = 61_017;

/** The account of the server's processes and files, or null when they are simply ours. */
export function readServerAccount(): Account | null {
  return process.getuid?.() === 0 ? { uid: serverNumber, gid: serverNumber } : null;
}

export interface InitdbAccount {
  /** The account to switch to, or null to run as ourselves. */
  readonly account: Account | null;
  /** Words to put before the command. */
  readonly prefix: readonly string[];
}

/**
 * initdb looks its own effective uid up and gives up when it has no name, so root lends it `nobody`, and a nameless
 * user (`docker run --user 12345`) is shown to it as `nobody` inside a user namespace.
 */
export async function readInitdbAccount(): Promise<InitdbAccount> {
  if (process.getuid?.() === 0) return { account: await readNobody(), prefix: [] };
  try {
    userInfo();
    return { account: null, prefix: [] };
  } catch {
    // userInfo throws only where the uid has no passwd entry: the namespace below gives it one.
  }
  const { uid, gid } = await readNobody();
  const prefix = ['unshare', `--map-user=${uid}`, `--map-group=${gid}`];
  try {
    await promisify(execFile)('unshare', [...prefix.slice(1), 'true']);
  } catch (thrown) {
    throw new EmbeddedError('embedded-no-user', {
      what: `The embedded PostgreSQL cannot be set up by user id ${process.getuid?.()}.`,
      because: `initdb needs a user with a name; this id has no entry in /etc/passwd, and a user namespace is not to be had (${renderThrown(thrown).trim()})`,
      do: 'add an entry for this id to /etc/passwd, or run as root or as a named user',
    });
  }
  return { account: null, prefix };
}

async function readNobody(): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await promisify(execFile)('id', [flag, 'nobody'])).stdout)),
    );
    return { uid: uid!, gid: gid! };
  } catch (thrown) {
    throw new EmbeddedError('embedded-no-user', {
      what: 'The embedded PostgreSQL cannot be set up: there is no account named nobody.',
      because: `PostgreSQL refuses to run as root and initdb needs a user with a name (${renderThrown(thrown).trim()})`,
      do: "add one: echo 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin' >> /etc/passwd",
    });
  }
}
