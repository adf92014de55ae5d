// Folders of every tool, as they are found in projects: whose they are, in which order they run, what is wrong with them.
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Folder } from '../../../src/migrate/folder.ts';
import { openFolder } from '../../../src/migrate/open-folder.ts';
import { type ReadFolderOptions, readFolder } from '../../../src/migrate/read-folder.ts';
import { type Finding, ShipshapeError } from '../../../src/report/index.ts';

const cases = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const names = readdirSync(cases).filter((name) => /^(folders|finding-\d)--/.test(name));

/** The line of traps.md that a case holds: `finding 1: file not in the journal`. */
function titleOf(name: string): string {
  return name
    .replace(/^finding-(\d)--/, 'finding $1: ')
    .replace('--', ': ')
    .replaceAll('-', ' ');
}

describe.each(names.map((name) => [titleOf(name), name] as const))('%s', (_, name) => {
  test('is read as its tool reads it', async () => {
    const told = await tell(join(cases, name));
    await expect(told).toMatchFileSnapshot(join(cases, name, 'folder.txt'));
  });
});

async function tell(path: string, options?: ReadFolderOptions): Promise<string> {
  try {
    return renderFolder(await readFolder(path, options));
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return `refused, exit ${error.exit}\n${error.findings.map(renderFinding).join('')}`;
  }
}

function renderFolder({ path, format, tool, command, migrations, orphans, findings }: Folder): string {
  return [
    `${format}, ${tool ?? 'no tool'}: ${command ?? 'no command'}\n`,
    ...migrations.map(({ id, file, rule, sql, pieces }) => {
      const text = (pieces ?? [{ text: sql, line: 1 }]).map(
        (each) => `\n    ${each.line}: ${shorten(each.text)}`,
      );
      return `  ${id} (${relative(path, file)}), ${rule}${sql === '' ? '' : text.join('')}\n`;
    }),
    ...orphans.map(({ id }) => `not run: ${id}\n`),
    ...findings.map(renderFinding),
  ].join('');
}

const shorten = (text: string) => JSON.stringify(text.replace(/\n$/, ''));

function renderFinding({ severity, code, what, because, do: act }: Finding): string {
  return `${severity} ${code}\n  ${what}\n  because ${because}\n  do ${act}\n`.replaceAll(
    `${relative(process.cwd(), cases)}/`,
    '',
  );
}

test('a format that is named is not looked for', async () => {
  const folder = await readFolder(join(cases, 'folders--folders-of-either-tool'), { format: 'drizzle' });
  expect(folder.migrations.map(({ rule }) => rule)).toEqual(['all files']);
  const other = await readFolder(join(cases, 'folders--folders-of-either-tool'), { format: 'prisma' });
  expect(other.migrations.map(({ rule }) => rule)).toEqual(['as it allows']);
  const wrong = await tell(join(cases, 'folders--prisma'), { format: 'dbmate' });
  expect(wrong).toContain('holds no migration, only 20240105090000_first/');
});

test('a folder whose ledger is not written is not applied: its own command is named', async () => {
  const codes = await Promise.all(
    ['folders--flyway', 'folders--golang-migrate'].map(async (name) => {
      const error = await openFolder(join(cases, name)).catch((thrown: unknown) => thrown);
      if (!(error instanceof ShipshapeError)) throw error;
      return `${error.exit} ${error.findings.map(({ code, do: act }) => `${code}: ${act}`)}`;
    }),
  );
  expect(codes).toEqual([
    '3 folder-of-another-tool: flyway migrate',
    '3 folder-of-another-tool: migrate -path … -database … up',
  ]);
});
