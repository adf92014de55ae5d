// Builds a folder beside its place and puts it there whole: of several builders at once, the first wins.
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hasCode } from '../embedded-error.ts';

/** A builder needs seconds; what is older than this was left by one that was killed. */
const abandonedAfterMs = 15 * 60_000;

/** Leaves `target` complete, made by us or by somebody else. `mode` is that of the published folder. */
export async function publishFolder(
  target: string,
  mode: number,
  build: (folder: string) => Promise<void>,
): Promise<void> {
  if (existsSync(target)) return;
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

function removeAbandoned(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const made = statSync(join(parent, name), { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Date.now() - made > abandonedAfterMs) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}
