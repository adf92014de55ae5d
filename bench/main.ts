// npm run bench -- <name> [options]
const [name, ...options] = process.argv.slice(2);

if (name === 'catalog') await (await import('./catalog/bench.ts')).run(options);
else if (name === 'replay') await (await import('./replay/bench.ts')).run(options);
else if (name === 'migrate') await (await import('./migrate/bench.ts')).run(options);
else if (name === 'lock-queue') await (await import('./lock-queue/bench.ts')).run(options);
else if (name === 'large-table') await (await import('./large-table/bench.ts')).run(options);
else {
  console.error('npm run bench -- catalog [--sizes 10,100,1000,5000] [--rounds 5] [--no-peers]');
  console.error('npm run bench -- replay [--files 1000] [--rounds 3]');
  console.error('npm run bench -- migrate [--files 100,1000] [--rounds 5] [--no-peers]');
  console.error('npm run bench -- lock-queue [--seconds 5]');
  console.error('npm run bench -- large-table [--rows 5000000] [--rate 400]');
  process.exitCode = 2;
}
