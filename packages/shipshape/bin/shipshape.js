#!/usr/bin/env node
// The command: loads the build, and says what to do when there is none.
import { existsSync } from 'node:fs';

const build = new URL('../dist/command/main.js', import.meta.url);
if (existsSync(build)) {
  const { main } = await import(build.href);
  await main(process.argv.slice(2));
} else {
  process.stderr.write(
    '✗ shipshape is not built\n\n  because  dist/command/main.js of the package is not there\n  do       npm run build\n',
  );
  process.exitCode = 2;
}
