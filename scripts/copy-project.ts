// copyProject: the project as it stands (tracked and new files, build, links to node_modules) in another folder.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..');

const workspaces = ['packages/embedded', 'packages/shipshape', 'apps/calls'];

/** The copy is independent: its workspaces' links point into the copy. `to` must exist. */
export function copyProject(to: string): void {
  for (const path of listFiles()) {
    if (existsSync(join(projectRoot, path)))
      cpSync(join(projectRoot, path), join(to, path), { preserveTimestamps: true });
  }
  for (const workspace of workspaces) {
    for (const part of ['dist', 'tsconfig.tsbuildinfo']) {
      const from = join(projectRoot, workspace, part);
      if (existsSync(from))
        cpSync(from, join(to, workspace, part), { recursive: true, preserveTimestamps: true });
    }
  }
  linkModules(to);
}

function listFiles(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = spawnSync('git', args, { cwd: projectRoot, encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((path) => path !== '');
}

function linkModules(to: string): void {
  const from = join(projectRoot, 'node_modules');
  const own = new Map(
    workspaces.map((workspace) => {
      const manifest = readFileSync(join(projectRoot, workspace, 'package.json'), 'utf8');
      return [(JSON.parse(manifest) as { name: string }).name, join(to, workspace)];
    }),
  );
  rmSync(join(to, 'node_modules'), { recursive: true, force: true });
  mkdirSync(join(to, 'node_modules/.bin'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (!name.startsWith('.')) symlinkSync(own.get(name) ?? join(from, name), join(to, 'node_modules', name));
  }
  symlinkSync(join(to, 'packages/shipshape/bin/shipshape.cjs'), join(to, 'node_modules/.bin/shipshape'));
}
