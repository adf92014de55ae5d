// bundle: the built command line, or what stands for it, as a few files: a hundred small ones cost more to open than to run.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../packages/shipshape/dist', import.meta.url));
const rooms = (...names) => new RegExp(`[\\\\/]dist[\\\\/](${names.join('|')})[\\\\/]`);
/** What is loaded together lies together: a file costs as much to open as to run. Highest first. */
const groups = [
  { name: 'words', test: /[\\/]dist[\\/]((catalog|report)[\\/]|postgres[\\/]database-error)/ },
  { name: 'connecting', test: /[\\/]dist[\\/](postgres[\\/]|diagnose[\\/]tampering)/ },
  // What a configuration may name.
  {
    name: 'config',
    test: /[\\/]dist[\\/](compare[\\/](aspects|rules|kind-rule|index-key|fill-text)|cli[\\/](config|demand|model-kinds))/,
  },
  // What holds an applied file against its seal.
  { name: 'sealed', test: /[\\/]dist[\\/](snapshot[\\/]parse-snapshot|deploy[\\/]judge-promise)/ },
  // What a start asks a database, and is judged by.
  {
    name: 'asking',
    test: /[\\/]dist[\\/](introspect[\\/]read-(needed|sealed)|need[\\/](judge|make-need)|diagnose[\\/]lack-lines)/,
  },
  { name: 'judging', test: rooms('compare', 'ddl', 'need', 'introspect', 'diagnose') },
].map((group, at) => ({ ...group, priority: 10 - at }));
/** Packages that every command needs; all others stay where the user's project has them. */
const inlined = new Set(['commander', 'valibot']);

/** commander asks for it to start commands that are programs of their own, and ours are none: a module less to open. */
const withoutPrograms = {
  name: 'without-programs',
  resolveId: (id, importer) =>
    id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? '\0no-programs' : null,
  load: (id) => (id === '\0no-programs' ? { code: 'module.exports = {};', moduleType: 'js' } : null),
};
/** A text with one letter beyond ASCII is kept, and scanned, in letters of two bytes. Lines stay where the source map has them. */
const inAscii = (code) => {
  if (/String\.raw`[^`]*[^\0-\x7f`]/.test(code)) throw new Error('a raw text beyond ASCII would be another');
  return code.replaceAll(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
};

/**
 * `name`: of the folder in dist/, beside others so that what is read relative to a file is found.
 * @param {string} name
 * @param {{ input?: string, plugins?: import('rolldown').Plugin[] }} other `input` instead of the command; `plugins` for a build
 * that is another
 * @returns {Promise<string>} its first file
 */
export async function bundle(name, { input = join(dist, 'cli/main.js'), plugins = [] } = {}) {
  const out = join(dist, name);
  const bundled = await rolldown({
    input: { main: input },
    platform: 'node',
    external: (id, importer) =>
      /^[^./\0]/.test(id) && !inlined.has(id) && withoutPrograms.resolveId(id, importer) === null,
    plugins: [withoutPrograms, ...plugins],
  });
  const { output } = await bundled.write({
    dir: out,
    // Half as dear to load as modules: what is asked for on the way costs no round of the event loop.
    format: 'cjs',
    sourcemap: true,
    comments: false,
    codeSplitting: { groups },
    entryFileNames: '[name].cjs',
    // Beside each other, as deep as cli/ itself: what is read relative to a file is found from both.
    chunkFileNames: '[name]-[hash].cjs',
  });
  await bundled.close();
  const chunks = output.filter((each) => each.type === 'chunk');
  for (const { fileName, code } of chunks) writeFileSync(join(out, fileName), inAscii(code));
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const name of readdirSync(out)) if (!written.has(name)) rmSync(join(out, name));
  const modules = Object.fromEntries(
    chunks.map(({ fileName, moduleIds }) => [
      fileName,
      moduleIds.filter((id) => id.startsWith(dist)).map((id) => relative(dist, id).split(sep).join('/')),
    ]),
  );
  // What a loaded file stands for: a test asks which rooms a command enters.
  writeFileSync(join(out, 'modules.json'), `${JSON.stringify(modules, null, 2)}\n`);
  return join(out, 'main.cjs');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name = 'command', input] = process.argv.slice(2);
  await bundle(name, input === undefined ? {} : { input });
}
