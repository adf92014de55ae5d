// The command line's beginning and end: the only place that prints and exits.
import { setFlagsFromString } from 'node:v8';
import { DatabaseError } from '../postgres/database-error.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { makeJsonReport, renderJson } from '../report/render/json.ts';
import { wantsColour } from '../report/render/paint.ts';
import { renderFailure } from '../report/render/start.ts';
import { widthOf } from '../report/render/wrap.ts';
import type { Outcome } from './context.ts';
import { readEnvironment } from './dotenv.ts';
import { makeGatherer } from './gather.ts';
import { parseCommandLine } from './program.ts';
import { makeProgressLine } from './progress-line.ts';

/** sysexits' EX_SOFTWARE: a fault of Shipshape itself must not pass for a verdict. */
const ownFault = 70;

/** Runs one command line. Sets the exit code; returns when all is written. */
export async function main(argv: readonly string[]): Promise<void> {
  // A parser (libpg-query, Prisma's engine) is done before it is optimised: V8 would take a core for half a second.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  const { stdout, stderr } = process;
  // `shipshape describe t | head -1`: the reader has what it wanted.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  // Known before the command line is understood, so that its faults are told in the form that was asked for.
  const json = argv.includes('--json');
  const lookOf = (stream: NodeJS.WriteStream) => ({
    width: widthOf(stream),
    colour: wantsColour(process.env, stream),
  });
  const progress = makeProgressLine(stderr);
  const gatherer = makeGatherer([stdout, stderr]);
  const write = (stream: NodeJS.WriteStream) => (text: string) => {
    progress.clear();
    gatherer.gather(stream);
    stream.write(text);
  };
  const [toOut, toErr] = [write(stdout), write(stderr)];
  const result = (text: string) => toOut(`${text}\n`);
  const talk = (text: string) => toErr(`${text}\n`);
  try {
    const command = await parseCommandLine(argv, { result, talk });
    if (command === null) return;
    const env = readEnvironment(command.flags.dotenv, process.env);
    // Models ask the process itself while they are loaded.
    Object.assign(process.env, env);
    const outcome = await command.run({
      cwd: process.cwd(),
      env,
      flags: command.flags,
      look: lookOf(stdout),
      show: json ? talk : result,
      say: talk,
      progress: progress.show,
      fail,
      interruption: listenForInterruption,
    });
    process.exitCode = outcome.exit;
    tell(outcome);
  } catch (error) {
    const findings = explain(error);
    if (findings === null) {
      talk(`shipshape failed, and this is its own fault:\n${error instanceof Error ? error.stack : error}`);
      process.exitCode = ownFault;
      return;
    }
    const { exit } = new ShipshapeError(findings);
    process.exitCode = exit;
    if (json) toOut(renderJson(makeJsonReport({ verdict: null, coverage: null, findings })));
    else fail(findings);
  } finally {
    gatherer.all();
    await Promise.all([stdout, stderr].map(written));
  }

  function fail(findings: readonly Finding[]): void {
    if (!json) talk(renderFailure(findings, lookOf(stderr)));
  }

  function tell({ text, json: value }: Outcome): void {
    if (json) toOut(renderJson(value));
    else if (text !== '') result(text);
  }
}

/** Pipes take their time on some systems. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()));
}

/** What the error says in our form; null for a fault of our own. */
function explain(error: unknown): readonly [Finding, ...Finding[]] | null {
  if (error instanceof ShipshapeError) return error.findings as [Finding, ...Finding[]];
  if (error instanceof DatabaseError)
    return [makeFinding('database-refused', { message: error.message, sqlstate: error.sqlstate })];
  const { syscall, path, code } = error as NodeJS.ErrnoException;
  if (syscall === undefined || path === undefined) return null;
  return [makeFinding('file-refused', { path, problem: code ?? syscall })];
}

/** The first Ctrl-C (or a polite kill) asks; a second one ends the process at once, as without us. */
function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
