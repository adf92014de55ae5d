// What statements do, in words: folders of SQL run on a real server, with the words beside them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeIntent } from '../../src/migrate/describe-statement.ts';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { readStatements } from '../../src/migrate/statements.ts';
import { runFolder, useWorld } from './world.ts';

const world = useWorld();
const root = join(import.meta.dirname, 'cases');
const cases = readdirSync(root).filter((name) => name.startsWith('words--'));

describe.each(cases)('%s', (name) => {
  const read = (file: string) => readFileSync(join(root, name, file), 'utf8');
  const folder = () => world.folder({ '0001_up.sql': read('up.sql') });

  test('after it ran', async () => {
    const { url, session } = await world.database();
    if (existsSync(join(root, name, 'before.sql'))) await session.query(read('before.sql'));
    const { events, findings } = await runFolder(url, folder());
    expect(findings).toEqual([]);
    const lines = events.flatMap((event) =>
      event.kind === 'statement'
        ? [...event.words, ...event.notices.map((notice) => `  says ${notice}`)]
        : [],
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(root, name, 'deeds.txt'));
  });

  test('before it runs', async () => {
    const [migration] = (await readFolder(folder())).migrations;
    if (migration === undefined) throw new Error('no file');
    const lines = (await readStatements(migration)).flatMap(describeIntent);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(root, name, 'intents.txt'));
  });
});
