// adjustSeverities: which findings a pattern is about, and what becomes of them.
import { describe, expect, test } from 'vitest';
import type { Address } from '../../src/catalog/index.ts';
import { adjustSeverities, type Finding, makeFinding, type Severities } from '../../src/report/index.ts';

const column: Address = { kind: 'column', schema: 'public', table: 'legacy_call', name: 'mode' };
const table: Address = { kind: 'table', schema: 'audit', name: 'entry' };
const index: Address = { kind: 'index', schema: 'public', table: 'legacy_call', name: 'by_mode' };
const mood: Address = { kind: 'enum', schema: 'public', name: 'mood' };

function finding(address: Address, aspect: string): Finding {
  const data = { subject: 'x', table: 't', name: 'x', maker: null, inMigrations: true };
  return makeFinding('required-column-unknown', data, { address, aspect, verdict: 'drifted' });
}

const found = [
  finding(column, 'default'),
  finding(table, 'existence'),
  finding(index, 'keys'),
  finding(mood, 'labels'),
];
const told = (severities: Severities) =>
  adjustSeverities(found, severities).findings.map(
    ({ severity, address, aspect }) => `${address?.kind} ${aspect}: ${severity}`,
  );

describe('a pattern', () => {
  test.each<[Severities, readonly string[]]>([
    [
      { 'legacy_call.mode': 'note' },
      ['column default: note', 'table existence: error', 'index keys: error', 'enum labels: error'],
    ],
    // The name of a table stands for all that is in it.
    [
      { 'legacy_*': 'note' },
      ['column default: note', 'table existence: error', 'index keys: note', 'enum labels: error'],
    ],
    [
      { 'legacy_call.*': 'note' },
      ['column default: note', 'table existence: error', 'index keys: note', 'enum labels: error'],
    ],
    [
      { 'public.legacy_call': 'note' },
      ['column default: note', 'table existence: error', 'index keys: note', 'enum labels: error'],
    ],
    [
      { 'audit.*': 'note', mood: 'warning' },
      ['column default: error', 'table existence: note', 'index keys: error', 'enum labels: warning'],
    ],
    [
      { entry: 'note', call: 'note', 'legacy?call': 'note' },
      ['column default: error', 'table existence: error', 'index keys: error', 'enum labels: error'],
    ],
    [
      { '*': { default: 'note', 'required-column-unknown': 'warning' } },
      ['column default: warning', 'table existence: warning', 'index keys: warning', 'enum labels: warning'],
    ],
    // The last that fits, and that says something of the finding, counts.
    [
      { '*': 'note', legacy_call: { default: 'error' } },
      ['column default: error', 'table existence: note', 'index keys: note', 'enum labels: note'],
    ],
  ])('%j', (severities, expected) => expect(told(severities)).toEqual(expected));
});

test('what is ignored is gone, and counted by the pattern that did it', () => {
  const { findings, ignored } = adjustSeverities(found, { 'legacy_*': 'ignore', mood: 'ignore' });
  expect(findings).toEqual([found[1]]);
  expect(ignored).toEqual([
    { what: 'findings', count: 2, because: 'ignored by "legacy_*" in "severities"' },
    { what: 'finding', count: 1, because: 'ignored by "mood" in "severities"' },
  ]);
});

test('a schema on the search path may be left out, and only such a one', () => {
  const { findings } = adjustSeverities(found, { entry: 'note' }, ['audit']);
  expect(findings[1]?.severity).toBe('note');
});

test('what is raised to an error is no agreement', () => {
  const note = makeFinding('unmapped-object', { subject: 'x' }, { address: table, verdict: 'agreed' });
  expect(adjustSeverities([note], { '*': 'error' }).findings[0]).toMatchObject({
    severity: 'error',
    exit: 1,
    verdict: 'forgotten',
  });
});

test('what has no address is nobody’s to adjust', () => {
  const stale = makeFinding('snapshot-stale', { file: 'x', reasons: [] });
  expect(adjustSeverities([stale], { '*': 'ignore' }).findings).toEqual([stale]);
});
