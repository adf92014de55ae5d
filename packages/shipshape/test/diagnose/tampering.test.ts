// diagnoseTampering: the ledger beside the migrations.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comesAfter } from '../../src/diagnose/migrated.ts';
import { diagnoseTampering } from '../../src/diagnose/tampering.ts';
import { exitOf } from '../../src/report/index.ts';
import { verdictOf } from '../../src/report/render/verdict.ts';

const known = ['0050_baseline', '0051_modes', '0052_keys'].map((id) => ({ id, checksum: `sha256:${id}` }));
const entry = (id: string, checksum = `sha256:${id}`) => ({
  id,
  checksum,
  appliedAt: '2026-11-22T22:00:00Z',
});
const told = (...ids: readonly ReturnType<typeof entry>[]) =>
  diagnoseTampering(ids, known).map(({ severity, code, migration, what }) => [
    severity,
    code,
    migration,
    what,
  ]);

test('nothing is said of no ledger, of an empty one, and of one that goes as far as it goes', () => {
  expect(diagnoseTampering(null, known)).toEqual([]);
  expect(told()).toEqual([]);
  expect(told(entry('0050_baseline'), entry('0051_modes'))).toEqual([]);
  expect(told(...known.map(({ id }) => entry(id)))).toEqual([]);
});

test('an applied file that was edited', () => {
  const findings = diagnoseTampering([entry('0050_baseline', 'sha256:other')], known);
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'history-edited',
      severity: 'error',
      migration: '0050_baseline',
      verdict: 'tampered',
      what: '0050_baseline was edited after it was applied here (2026-11-22T22:00:00Z)',
      do: 'restore 0050_baseline as it was, and put the change into a new migration',
    }),
  ]);
  expect(exitOf(findings)).toBe(1);
  expect(verdictOf(findings)).toBe('tampered');
});

test('an applied file that is gone', () => {
  expect(told(entry('0049_gone'), entry('0050_baseline'))).toEqual([
    [
      'error',
      'history-missing',
      '0049_gone',
      '0049_gone is applied here (2026-11-22T22:00:00Z) and is not among the migrations',
    ],
  ]);
  expect(
    told(entry('0050_baseline'), entry('0051_another'), entry('0051_modes')).map(([, code]) => code),
  ).toEqual(['history-missing']);
});

test('traps, findings 2: a migration that was skipped is told, though a fresh database would be complete', () => {
  expect(told(entry('0050_baseline'), entry('0052_keys'))).toEqual([
    [
      'warning',
      'history-skipped',
      '0051_modes',
      '0051_modes is not applied here, although 0052_keys, which comes after it, is',
    ],
  ]);
});

test('a newer database is a note: what this release needs is judged all the same', () => {
  const findings = diagnoseTampering(
    [...known.map(({ id }) => entry(id)), entry('0054_b'), entry('0053_a')],
    known,
  );
  expect(findings.map(({ severity, code, what }) => [severity, code, what])).toEqual([
    ['note', 'database-ahead', 'the database is ahead of this release: it has 0053_a, 0054_b'],
  ]);
  expect(verdictOf(findings)).toBe('agreed');
});

test('a newer database that skipped what this release knows', () => {
  expect(
    told(entry('0050_baseline'), entry('0053_newer')).map(([severity, code]) => [severity, code]),
  ).toEqual([['note', 'database-ahead']]);
});

describe('the order of migrations', () => {
  test('is that of the numbers, however many digits they have', () => {
    expect(comesAfter('10000_x', '9999_x')).toBe(true);
    expect(comesAfter('9999_x', '10000_x')).toBe(false);
    expect(comesAfter('20261122220000_x', '0051_x')).toBe(true);
    expect(comesAfter('0051_b', '0051_a')).toBe(true);
    expect(comesAfter('0051_a', '0051_a')).toBe(false);
  });

  test('is told alike in whatever order the ledger comes', () => {
    const entries = [
      entry('0049_gone'),
      entry('0050_baseline', 'sha256:other'),
      entry('0052_keys'),
      entry('0053_newer'),
    ];
    const codes = (each: typeof entries) =>
      diagnoseTampering(each, known)
        .map(({ code, migration, what }) => `${code} ${migration} ${what}`)
        .sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: 4 }), (shuffled) => {
        expect(codes(shuffled)).toEqual(codes(entries));
      }),
    );
  });
});
