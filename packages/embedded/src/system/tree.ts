// Copies a folder tree, and gives one to another account.
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lchownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../embedded-error.ts';
import type { Account } from './account.ts';

/**
 * A copy that everybody can read. Files are hard links (nothing may then edit or chmod them: inode and mode are shared),
 * or copies where a link is impossible (another filesystem, another owner's files) or was unpacked unreadable by umask.
 */
export function linkTree(from: string, to: string): void {
  copyTree(from, to, 0o755, (source, target) => {
    const { mode } = statSync(source);
    const everybody = mode & 0o100 ? 0o755 : 0o644;
    try {
      if ((mode & everybody) === everybody) return linkSync(source, target);
    } catch (thrown) {
      if (!hasCode(thrown, 'EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP')) throw thrown;
    }
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    chmodSync(target, everybody);
  });
}

/** Copies a cluster for its own server. */
export function cloneTree(from: string, to: string, owner: Account | null): void {
  copyTree(from, to, 0o700, (source, target) => copyFileSync(source, target, constants.COPYFILE_FICLONE));
  if (owner !== null) chownTree(to, owner);
}

/** Depth first: the top, which is closed to others, changes hands last. */
export function chownTree(path: string, owner: Account): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) chownTree(join(path, entry.name), owner);
    else lchownSync(join(path, entry.name), owner.uid, owner.gid);
  }
  chownSync(path, owner.uid, owner.gid);
}

function copyTree(
  from: string,
  to: string,
  folderMode: number,
  copyFile: (source: string, target: string) => void,
): void {
  mkdirSync(to);
  chmodSync(to, folderMode);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target, folderMode, copyFile);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else copyFile(source, target);
  }
}
