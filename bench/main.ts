// npm run bench -- <name> [options]
const [name, ...options] = process.argv.slice(2);

if (name === 'catalog') await (await import('./catalog/bench.ts')).run(options);
else {
  console.error('npm run bench -- catalog [--sizes 10,100,1000,5000] [--rounds 5] [--no-peers]');
  process.exitCode = 2;
}
