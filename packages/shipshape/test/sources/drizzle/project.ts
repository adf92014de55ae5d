// A project in a temporary folder, as small as the case needs.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
export const ownPackage = join(here, '../../..');
const installed = join(ownPackage, '../../node_modules');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes the files, by path, and links these packages into its `node_modules`. Gone after the test file. */
export function makeProject(
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = ['drizzle-orm'],
): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-project-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  for (const name of packages) symlinkSync(join(installed, name), join(root, 'node_modules', name));
  return root;
}

/** A copy of an installed package of its own: what a package manager does when versions differ. */
export function copyPackage(name: string, root: string): void {
  const wanted = (path: string): boolean => !/\.(map|d\.ts|d\.cts)$/.test(path);
  cpSync(join(installed, name), join(root, 'node_modules', name), { recursive: true, filter: wanted });
}
