// Documents that run: every `$` command of each, in order, in a copy of the project, as a reader would type it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderFormats } from '../../packages/shipshape/src/migrate/folder.ts';
import { projectRoot } from '../../scripts/copy-project.ts';
import { hasCommand } from '../support/commands.ts';
import { Reader } from './reader.ts';
import { findMissing, parseTranscript } from './transcript.ts';

const hasPsql = hasCommand('psql');

describe.each(['docs/technical-note.md', 'docs/he/deployment.md', 'docs/migrations.md'])('%s', (document) => {
  const reader = new Reader();
  beforeAll(() => reader.open());
  // The service's stop and then the server's, on a machine on which everything runs at once.
  afterAll(() => reader.close(), 120_000);

  const steps = parseTranscript(readFileSync(join(projectRoot, document), 'utf8'));
  for (const step of steps) {
    const name = `line ${step.line}: ${step.command}`;
    test.skipIf(step.psql && !hasPsql)(name, { timeout: 120_000 }, async () => {
      const output = await reader.type(step.command);
      expect(findMissing(step.expected, output), output).toBeNull();
    });
  }
});

test('the page about migrations tells every format and every tool of programs', () => {
  const page = readFileSync(join(projectRoot, 'docs/migrations.md'), 'utf8');
  for (const format of folderFormats) expect(page).toContain(`| \`${format}\` |`);
  for (const tool of ['Knex', 'TypeORM', 'MikroORM', 'Sequelize', 'node-pg-migrate', 'Kysely'])
    expect(page).toContain(tool);
});
