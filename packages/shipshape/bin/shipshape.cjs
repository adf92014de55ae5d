#!/usr/bin/env node
// The command: loads the build, and says what to do when there is none. No module, whose loader costs every start a tenth.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const build = join(__dirname, '../dist/command/main.cjs');
if (existsSync(build)) {
  const { main } = require(build);
  // What models have left open would hold the process up, and so would taking apart what it has in memory.
  main(process.argv.slice(2)).then(() => process.exit());
} else {
  process.stderr.write(
    '✗ shipshape is not built\n\n  because  dist/command/main.cjs of the package is not there\n  do       npm run build\n',
  );
  process.exitCode = 2;
}
