// Applies each committed mutant to a copy of the project and requires the suite to turn red. `--short`: the quick list.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { copyProject, projectRoot } from './copy-project.ts';

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly tests: readonly string[];
  readonly short: boolean;
}

const folder = join(projectRoot, 'test/mutants');
const short = process.argv.includes('--short');
const wanted = process.argv.slice(2).filter((each) => !each.startsWith('--'));

const mutants = readdirSync(folder)
  .filter((name) => name.endsWith('.patch'))
  .map((name) => readMutant(join(folder, name), name.replace(/\.patch$/, '')))
  .filter((mutant) => (wanted.length > 0 ? wanted.includes(mutant.name) : !short || mutant.short));

const survivors: string[] = [];
const waiting = [...mutants];
// Each mostly runs one file of tests, which has one processor busy.
await Promise.all([judgeThoseWaiting(), judgeThoseWaiting()]);
console.log(`${mutants.length - survivors.length} of ${mutants.length} mutants turned the suite red`);
process.exit(survivors.length === 0 && mutants.length > 0 ? 0 : 1);

async function judgeThoseWaiting(): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const started = performance.now();
    const verdict = await judge(mutant);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${verdict === 'killed' ? '✓' : '✗'} ${mutant.name}: ${verdict} (${seconds} s)`);
    if (verdict !== 'killed') survivors.push(mutant.name);
  }
}

function readMutant(file: string, name: string): Mutant {
  const patch = readFileSync(file, 'utf8');
  const field = (key: string) => new RegExp(`^${key}: (.+)$`, 'm').exec(patch)?.[1]?.trim();
  const tests = field('Tests')?.split(/\s+/);
  if (tests === undefined) throw new Error(`${name}.patch has no line "Tests: <files>"`);
  return { name, file, tests, short: field('Short') === 'yes' };
}

async function judge(mutant: Mutant): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'shipshape-mutant-'));
  try {
    copyProject(copy);
    const run = (command: string, args: readonly string[]) => runIn(copy, command, args);
    const applied = await run('git', ['apply', '--whitespace=nowarn', mutant.file]);
    if (applied.status !== 0) return `does not apply: ${applied.stderr.trim()}`;
    const built = await run(process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), '-b']);
    if (built.status !== 0) return `does not compile: ${built.stdout.trim().split('\n')[0]}`;
    const report = join(copy, 'report.json');
    const args = ['run', ...mutant.tests, '--reporter=json', `--outputFile=${report}`, '--bail=1'];
    await run(process.execPath, [join(projectRoot, 'node_modules/vitest/vitest.mjs'), ...args]);
    const { numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'));
    if (numFailedTests + numPassedTests === 0) return 'no test ran';
    return numFailedTests > 0 ? 'killed' : 'SURVIVED';
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function runIn(cwd: string, command: string, args: readonly string[]) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, CI: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}
