// The simulator as a program: Ctrl-C begins no further call and lets the running ones end.
import { simulate } from './command.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  process.exitCode = await simulate(process.argv.slice(2), {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    signal: stop.signal,
  });
} catch (error) {
  console.error(`✗ ${(error as Error).message}`);
  process.exitCode = 2;
}
