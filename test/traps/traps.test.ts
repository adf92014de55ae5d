// What real projects do to a checker: each trap is a project that is checked, and a line of what must be said of it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderAddress } from '../../packages/shipshape/src/catalog/index.ts';
import { verify } from '../../packages/shipshape/src/gate/verify.ts';
import { readFolder } from '../../packages/shipshape/src/migrate/read-folder.ts';
import { connect } from '../../packages/shipshape/src/postgres/connect.ts';
import { parseTarget } from '../../packages/shipshape/src/postgres/parse-target.ts';
import { check } from '../../packages/shipshape/src/prove/check.ts';
import { exitOf, type Finding, ShipshapeError } from '../../packages/shipshape/src/report/index.ts';
import { sourceOf } from './projects.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const cases = readdirSync(folder).sort();
let server: ScratchServer;
beforeAll(async () => {
  // As the server that check starts by itself.
  server = await startScratchServer({ standIns: true });
});
afterAll(() => server.stop());

test('every line of the list has its fixture', () => {
  const wanted = [
    ...[1, 2, 3, 4, 5, 6, 7].flatMap((number) => [`false alarm ${number}`, `finding ${number}`]),
    ...[1, 2, 3, 4, 5, 6, 7].map((number) => `running ${number}`),
  ];
  const tests = [join(folder, '../../..'), join(folder, '../../../packages/shipshape')].flatMap((top) =>
    readdirSync(join(top, 'test'), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(top, 'test', name),
    ),
  );
  const titles = tests
    .filter((file) => !file.includes('/.copy-'))
    .flatMap((file) => {
      const inName = /(false-alarm|finding|running)-(\d)--/.exec(file);
      const text =
        /\.test\.ts$/.test(file) && !file.endsWith('traps.test.ts') ? readFileSync(file, 'utf8') : '';
      const inText = [
        ...text.matchAll(
          /(?:test|describe)(?:\.each\([^)]*\))?\(\s*['"`](false alarm|finding|running) (\d)/g,
        ),
      ];
      return [
        ...(inName === null ? [] : [`${inName[1]?.replace('-', ' ')} ${inName[2]}`]),
        ...inText.map(([, kind, number]) => `${kind} ${number}`),
      ];
    });
  expect(wanted.filter((each) => !titles.includes(each))).toEqual([]);
});

describe.each(cases)('%s', (name) => {
  const root = join(folder, name);
  const [trap = '', title = ''] = name.split('--');

  test(`${trap.replaceAll('-', ' ')}: ${title.replaceAll('-', ' ')}`, async () => {
    const findings = await checked(root);
    const lines = [`check exits ${exitOf(findings)}`, ...findings.map(tell)];
    if (!trap.startsWith('finding')) expect(exitOf(findings), lines.join('\n')).toBe(0);
    else expect(exitOf(findings), lines.join('\n')).not.toBe(0);
    if (existsSync(join(root, 'live.sql'))) {
      const judged = await verified(root);
      lines.push(`verify exits ${exitOf(judged)}`, ...judged.map(tell));
      if (trap.startsWith('false-alarm')) expect(exitOf(judged), lines.join('\n')).toBe(0);
    }
    expectGolden(join(root, 'found.txt'), `${lines.join('\n')}\n`);
  });
});

async function checked(root: string): Promise<readonly Finding[]> {
  try {
    const { findings } = await check({
      source: await sourceOf(root),
      folder: join(root, 'migrations'),
      snapshotFile: join(root, 'no-snapshot.json'),
      scratchUrl: server.url('postgres'),
    });
    // That no snapshot was made is no part of a trap.
    return findings.filter(({ code }) => code !== 'snapshot-missing');
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return error.findings;
  }
}

/** On a database that the migrations built and hands have changed. */
async function verified(root: string): Promise<readonly Finding[]> {
  const url = await server.createDatabase();
  const session = await connect(url);
  for (const { sql } of (await readFolder(join(root, 'migrations'))).migrations) await session.query(sql);
  await session.query(readFileSync(join(root, 'live.sql'), 'utf8'));
  await session.close();
  const { findings } = await verify({
    source: await sourceOf(root),
    target: parseTarget(url, {}),
    folder: join(root, 'migrations'),
    snapshotFile: join(root, 'no-snapshot.json'),
  });
  return findings.filter(({ code }) => !/^snapshot-|ledger/.test(code));
}

function tell({ severity, code, address, aspect, declared, found, origin, what }: Finding): string {
  const about = address === undefined ? what : renderAddress(address);
  const values =
    declared === undefined && found === undefined ? '' : `: ${declared ?? '-'} / ${found ?? '-'}`;
  const line = origin === undefined ? '' : ` (${origin.file}:${origin.line})`;
  return `  ${severity} ${code} ${about}${aspect === undefined ? '' : ` ${aspect}`}${values}${line}`;
}

/** A first run writes the file, and fails: it has to be read and judged before it is kept. */
function expectGolden(file: string, text: string): void {
  if (!existsSync(file)) {
    writeFileSync(file, text);
    throw new Error(`${file} is written: read it, and keep it if it is right`);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
