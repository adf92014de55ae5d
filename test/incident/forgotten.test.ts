// The migration that nobody wrote: 0051 taken out of a copy of this project, and what CI says then.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyProject } from '../../scripts/copy-project.ts';
import { costColumns } from './measure.ts';
import { run } from './processes.ts';

test('check names all nine columns, each with the line of schema.ts that declares it', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'shipshape-forgotten-'));
  try {
    copyProject(copy);
    rmSync(join(copy, 'apps/calls/migrations/0051_call_log_cost_metrics.sql'));
    const bin = join(copy, 'packages/shipshape/bin/shipshape.cjs');
    const { code, stdout } = await run(process.execPath, [bin, 'check', '--json'], { cwd: copy });
    expect(code).toBe(1);
    const { findings, verdict } = JSON.parse(stdout) as {
      verdict: string;
      findings: { code: string; address?: string; origin?: { file: string; line: number } }[];
    };
    expect(verdict).toBe('forgotten');
    const forgotten = findings.filter((each) => each.code === 'forgotten-migration');
    expect(forgotten.map((each) => each.address)).toEqual(costColumns.map((name) => `call_log.${name}`));
    const lines = readFileSync(join(copy, 'apps/calls/src/db/schema.ts'), 'utf8').split('\n');
    for (const [at, name] of costColumns.entries()) {
      expect(forgotten[at]?.origin?.file).toBe('apps/calls/src/db/schema.ts');
      expect(lines[(forgotten[at]?.origin?.line ?? 0) - 1]).toContain(`'${name}'`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
