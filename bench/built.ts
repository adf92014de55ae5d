// loadBuilt: modules of the library as they are built, since that is what users run.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../packages/shipshape/dist');

/** `files`: below the build, `postgres/connect.js`. All that they export, as one. */
export async function loadBuilt<Library>(files: readonly string[]): Promise<Library> {
  const modules = await Promise.all(files.map((file) => import(join(dist, file)) as Promise<object>));
  return Object.assign({}, ...modules) as Library;
}
