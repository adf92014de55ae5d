// runAndList: what a program prints, and the packages that it loads, by `import` and by `require`.
import { execFileSync } from 'node:child_process';

const hooks = `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync('loaded.txt', url + '\\n');
  return next(url, context);
}`;

/** `main` is the text of an ES module, run in the folder. */
export function runAndList(
  folder: string,
  main: string,
): { readonly printed: string; readonly packages: readonly string[] } {
  const entry = `import { createRequire, register } from 'node:module';
import { appendFileSync, readFileSync } from 'node:fs';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));
${main}
for (const path of Object.keys(createRequire(import.meta.url).cache)) appendFileSync('loaded.txt', path + '\\n');
process.stdout.write('\\n' + readFileSync('loaded.txt', 'utf8'));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', entry], {
    cwd: folder,
    encoding: 'utf8',
  });
  const [printed = '', ...loaded] = output.split('\n');
  const names = loaded.flatMap((each) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(each)?.[1] ?? []);
  return { printed, packages: [...new Set(names)].sort() };
}
