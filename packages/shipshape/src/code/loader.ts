// makeLoader: loads TypeScript and JavaScript as the app does, whatever its modules are.
import type { createJiti, JitiOptions } from 'jiti';
import { makeEmitter } from './emit-decorated.ts';
import { loadTypeScript } from './typescript.ts';

export type Loader = ReturnType<typeof createJiti>;

/** One for each file that imports are resolved from. Modules are shared by all that one process makes. */
export async function makeLoader(root: string, files: readonly string[]): Promise<(file: string) => Loader> {
  const { createJiti } = await import('jiti');
  const typescript = await loadTypeScript(root);
  const emit = typescript === null ? () => null : makeEmitter(typescript, files);
  const options: JitiOptions = {
    // No cache on disk: it would lie where other users can write, and its content is executed.
    fsCache: false,
    interopDefault: false,
    tsconfigPaths: true,
  };
  const plain = createJiti(root, options);
  const transform: JitiOptions['transform'] = (given) => {
    const emitted = given.filename === undefined ? null : emit(given.filename, given.source);
    if (emitted === null) return { code: plain.transform(given) };
    return { code: plain.transform({ ...given, source: emitted, ts: false }) };
  };
  return (file) => createJiti(file, { ...options, transform });
}
