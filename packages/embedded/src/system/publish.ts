// Builds a folder beside its place and puts it there whole: of several builders at once, the first wins.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../embedded-error.ts';
import { readProcess } from './processes.ts';

/** A builder needs seconds; what is older than this was left by one that was killed. */
const abandonedAfterMs = 15 * 60_000;

/** Leaves `target` complete, made by us or by somebody else. `mode` is that of the published folder. */
export async function publishFolder(
  target: string,
  mode: number,
  build: (folder: string) => Promise<void>,
): Promise<void> {
  if (existsSync(target)) return;
  const claim = `${target}.claim`;
  await waitForClaimant(target, claim);
  try {
    // Another may have published it between our look and our claim.
    if (!existsSync(target)) await buildBeside(target, mode, build);
  } finally {
    rmSync(claim, { force: true });
  }
}

async function buildBeside(
  target: string,
  mode: number,
  build: (folder: string) => Promise<void>,
): Promise<void> {
  const prefix = `${basename(target)}.new-`;
  removeAbandoned(dirname(target), prefix);
  const folder = mkdtempSync(join(dirname(target), prefix));
  try {
    chmodSync(folder, mode);
    await build(folder);
    renameSync(folder, target);
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    if (!hasCode(thrown, 'ENOTEMPTY', 'EEXIST')) throw thrown;
  }
}

/**
 * Waits while a live process has claimed to build it; otherwise the claim is ours. It only saves several processes that
 * start together the same work: that exactly one result is published is the rename's doing.
 */
async function waitForClaimant(target: string, claim: string): Promise<void> {
  for (const deadline = Date.now() + abandonedAfterMs; Date.now() < deadline; await sleep(20)) {
    if (existsSync(target)) return;
    try {
      writeFileSync(claim, `${process.pid} ${readProcess(process.pid)?.started}`, { flag: 'wx' });
      return;
    } catch (thrown) {
      if (!hasCode(thrown, 'EEXIST')) throw thrown;
    }
    if (!isClaimed(claim)) rmSync(claim, { force: true });
  }
}

function isClaimed(claim: string): boolean {
  try {
    const [pid, ...started] = readFileSync(claim, 'utf8').split(' ');
    // Still empty: the claimant is between making and filling it, or was killed there.
    if (pid === '') return Date.now() - statSync(claim).mtimeMs < 1_000;
    return readProcess(Number(pid))?.started === started.join(' ');
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return false;
    throw thrown;
  }
}

function removeAbandoned(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const made = statSync(join(parent, name), { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Date.now() - made > abandonedAfterMs) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}
