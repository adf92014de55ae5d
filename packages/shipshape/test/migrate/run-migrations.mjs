// A runner as a process of its own, on the build: says every event as a line of JSON, then its result, and exits with it.
import { ownBook } from '../../dist/migrate/ledger.js';
import { nothingPromised } from '../../dist/migrate/nothing-promised.js';
import { readFolder } from '../../dist/migrate/read-folder.js';
import { run } from '../../dist/migrate/run.js';
import { parseTarget } from '../../dist/postgres/parse-target.js';

/** `stopAfterStatement`: at its first finished statement the process stops itself, as SIGSTOP from outside would. */
const { url, folder, stopAfterStatement, ...order } = JSON.parse(process.argv[2]);
const controller = new AbortController();
process.once('SIGINT', () => controller.abort());

async function main() {
  const result = await run({
    target: parseTarget(url, {}),
    migrations: (await readFolder(folder)).migrations,
    book: ownBook,
    scope: '',
    through: null,
    leaseSeconds: 10,
    waitSeconds: 60,
    lockTimeoutMs: 200,
    ...order,
    signal: controller.signal,
    ask: { mayApply: async () => [], ...nothingPromised },
    on(event) {
      process.stdout.write(`${JSON.stringify(event)}\n`);
      if (stopAfterStatement && event.kind === 'statement') process.kill(process.pid, 'SIGSTOP');
    },
  });
  process.stdout.write(`${JSON.stringify({ kind: 'result', ...result })}\n`);
  process.exitCode = result.exit;
}

main();
