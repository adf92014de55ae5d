#!/usr/bin/env node
// The command: loads the build, and says what to do when there is none.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const build = fileURLToPath(new URL('../dist/command/main.cjs', import.meta.url));
if (existsSync(build)) {
  const { main } = createRequire(import.meta.url)(build);
  await main(process.argv.slice(2));
} else {
  process.stderr.write(
    '✗ shipshape is not built\n\n  because  dist/command/main.cjs of the package is not there\n  do       npm run build\n',
  );
  process.exitCode = 2;
}
