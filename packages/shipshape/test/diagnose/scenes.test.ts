// Diagnoses of real databases: their text, and that what they say to do does it.
import { startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderAddressKey } from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import { type Diagnosis, diagnose } from '../../src/diagnose/diagnose.ts';
import { diagnoseDrift } from '../../src/diagnose/drift.ts';
import { diagnoseForgotten } from '../../src/diagnose/forgotten.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { judge } from '../../src/need/judge.ts';
import { makeNeed } from '../../src/need/make-need.ts';
import { exitOf, type Finding } from '../../src/report/index.ts';
import { checkOf, goldenOf, type Played, play, readScript, type Script, scenes } from './scene.ts';

let server: Awaited<ReturnType<typeof startScratchServer>>;
const plays = new Map<string, Promise<Played>>();

beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(async () => {
  for (const each of plays.values()) await (await each).close();
  await server.stop();
});

/** Played once: what is told is asked before anything is mended. */
function playOnce(name: string): Promise<Played> {
  const played = plays.get(name) ?? play(readScript(name), () => server.createDatabase());
  plays.set(name, played);
  return played;
}

async function diagnoseScene(
  script: Script,
  played: Played,
): Promise<Diagnosis & { readonly drift: readonly Finding[] }> {
  const need = makeNeed(played.declaration);
  const live = await played.read();
  const { shortfalls } = judge(need, live);
  const migrated = script.withSnapshot ? played.migrated : null;
  const { ledger, filesPending } = played;
  const diagnosis = diagnose({ need, live, shortfalls, migrated, ledger, filesPending });
  const drift =
    migrated === null
      ? []
      : diagnoseDrift({
          migrated,
          ledger,
          live: live.catalog,
          majors: [18, 18],
          searchPath: live.searchPath,
          told: diagnosis.findings,
        });
  return { ...diagnosis, drift };
}

/** Everything a finding says, for people to read once and for the test to hold fast. */
function render(finding: Finding): string {
  const { severity, code, verdict, address, aspect, declared, found, origin, migration } = finding;
  const place = [
    address === undefined ? '' : renderAddressKey(address),
    aspect ?? '',
    declared === undefined ? '' : `declared ${declared}`,
    found === undefined ? '' : `found ${found}`,
    origin === undefined ? '' : `${origin.file}:${origin.line}`,
    migration ?? '',
  ];
  return [
    `${severity} ${code}, verdict ${verdict}, exit ${finding.exit}`,
    `  at       ${place.filter(Boolean).join(' · ')}`,
    `  what     ${finding.what}`,
    `  because  ${finding.because}`,
    ...finding.do.split('\n').map((line, at) => `  ${at === 0 ? 'do      ' : '        '} ${line}`),
  ].join('\n');
}

for (const name of scenes)
  test(`${name.replace('--', ': ')}: what is told`, async () => {
    const script = readScript(name);
    const played = await playOnce(name);
    const { verdict, findings, drift } = await diagnoseScene(script, played);
    const text = [`verdict ${verdict}, exit ${exitOf(findings)}`, ...[...findings, ...drift].map(render)];
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(goldenOf(name));
  });

const checked = scenes.filter((name) => /^(case|names|check)/.test(name));

test.each(checked)('%s: what is told before any database is asked', async (name) => {
  const { declaration, migrated } = await playOnce(name);
  const differences = compare(declaration.catalog, migrated.catalog);
  const findings = diagnoseForgotten(differences, declaration, migrated.catalog, migrated.provenance);
  await expect(`${findings.map(render).join('\n\n')}\n`).toMatchFileSnapshot(checkOf(name));
});

/** By hand, in the place of the command that is named first. */
const sqlOf = (findings: readonly Finding[], ...codes: readonly string[]) =>
  findings
    .filter((each) => codes.includes(each.code))
    .map((each) => each.do.replace(/^npx shipshape repair .*\n/, ''))
    .join('\n');

const mendable = scenes.filter((name) => /^(case|names|role|search|check)/.test(name));

test.each(mendable)('%s: what is said to do is done, and nothing is left', async (name) => {
  const script = readScript(name);
  const played = await playOnce(name);
  const before = await diagnoseScene(script, played);
  for (const { sql, applied } of script.migrations) if (!applied) await played.live.query(sql);
  await played.live.query(
    sqlOf(
      [...before.findings, ...before.drift],
      'drifted-schema',
      'forgotten-migration',
      'unrecorded-change',
      'required-column-unknown',
      'no-privilege',
      'gone-by-hand',
    ),
  );
  // A connection reads the search path of its role when it starts.
  await played.live.query(sqlOf(before.findings, 'outside-search-path').replace(/ALTER ROLE \S+ /, ''));
  const ledger = [
    ...played.ledger,
    ...played.migrated.migrations.map((each) => ({ ...each, appliedAt: '' })),
  ];
  const after = await diagnoseScene(script, { ...played, ledger });
  const left = after.findings.filter(
    (each) => !['forgotten-migration', 'unrecorded-change'].includes(each.code),
  );
  expect(left.map((each) => each.what)).toEqual([]);
  // What a forgotten migration changes here is not yet in the snapshot.
  const recorded = after.drift.filter(
    (each) =>
      !before.findings.some(
        (one) =>
          one.address?.kind === each.address?.kind &&
          one.code !== 'drifted-schema' &&
          'name' in (one.address ?? {}) &&
          JSON.stringify(one.address) === JSON.stringify(each.address),
      ),
  );
  expect(recorded.map((each) => each.what)).toEqual([]);
});

test.each(mendable)('%s: the forgotten migration, written as said, makes what is declared', async (name) => {
  const { declaration, migrated, replayed } = await playOnce(name);
  const before = diagnoseForgotten(
    compare(declaration.catalog, migrated.catalog),
    declaration,
    migrated.catalog,
  );
  await replayed.query(sqlOf(before, 'forgotten-migration', 'required-column-unknown'));
  const { catalog } = await readCatalog(replayed);
  const after = diagnoseForgotten(compare(declaration.catalog, catalog), declaration, catalog);
  expect(after.filter((each) => each.severity === 'error').map((each) => each.what)).toEqual([]);
});
