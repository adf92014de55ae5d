// The header of a migration file: what is said, and everything that would be passed over in silence.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHeader } from '../../src/migrate/formats/parse-header.ts';
import { plainHeader } from '../../src/migrate/header.ts';

const problemsOf = (text: string) =>
  parseHeader(text).faults.map(({ line, problem }) => `${line}: ${problem}`);

test('every directive is read, between other comments and empty lines', () => {
  const { header, faults } = parseHeader(
    [
      '-- Fills the counters.',
      '',
      '-- shipshape: backfill table=call_log key=id batch=2000 pause=50ms',
      '--shipshape: destroys call_log.note because nobody has read it since May',
      '-- shipshape: rewrites call_log because its time zone was wrong',
      '-- shipshape: destroys "Odd name".x because it is odd',
      '-- shipshape: lock-timeout 2s',
      '-- shipshape: repeatable',
      '-- shipshape: requires PostgreSQL ≥ 15',
      'UPDATE call_log SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL;',
    ].join('\n'),
  );
  expect(faults).toEqual([]);
  expect(header).toEqual({
    noTransaction: false,
    backfill: { table: 'call_log', key: 'id', batch: 2000, pauseMs: 50 },
    repeatable: true,
    consents: [
      { act: 'destroys', address: 'call_log.note', because: 'nobody has read it since May', line: 4 },
      { act: 'rewrites', address: 'call_log', because: 'its time zone was wrong', line: 5 },
      { act: 'destroys', address: '"Odd name".x', because: 'it is odd', line: 6 },
    ],
    lockTimeoutMs: 2000,
    requires: 15,
  });
});

test('a file without a header, with Windows line ends too, says nothing', () => {
  expect(parseHeader('-- a comment\r\nselect 1;\r\n')).toEqual({ header: plainHeader, faults: [] });
  expect(parseHeader('-- shipshape: no-transaction\r\nselect 1').header.noTransaction).toBe(true);
});

test.for([
  ['-- shipshape: no-transation\nselect 1', '1: there is no directive "no-transation"'],
  ['-- shipshape:\nselect 1', '1: there is no directive ""'],
  [
    'select 1;\n-- shipshape: no-transaction',
    '2: it stands below the first statement, where it would say nothing',
  ],
  ['-- shipshape: no-transaction please', '1: it is said alone: nothing follows no-transaction'],
  ['-- shipshape: repeatable twice', '1: it is said alone: nothing follows repeatable'],
  ['-- shipshape: lock-timeout 5', '1: it has to be a time such as 500ms or 2s'],
  ['-- shipshape: lock-timeout 1s\n-- shipshape: lock-timeout 2s', '2: lock-timeout is said twice'],
  ['-- shipshape: requires 15', '1: it has to be: requires PostgreSQL >= 15'],
  ['-- shipshape: destroys call_log.note', '1: it has to be: destroys <address> because <reason>'],
  ['-- shipshape: backfill key=id', '1: a backfill names its table and its key'],
  ['-- shipshape: backfill table=a key=id batch=0', '1: batch has to be a number of rows from 1'],
  ['-- shipshape: backfill table=a key=id pause=50', '1: pause has to be a time such as 50ms or 1s'],
  [
    '-- shipshape: backfill table=a key=id size=5',
    '1: "size=5" is not understood: it has to be backfill table=<table> key=<column> batch=<rows> pause=<time>',
  ],
  [
    '-- shipshape: no-transaction\n-- shipshape: backfill table=a key=id',
    '1: a backfill commits batch by batch already: it is one or the other',
  ],
])('%j is a fault', ([text = '', problem = '']) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('whatever the text, a line "-- shipshape: …" is either understood or a fault', () => {
  const line = fc.oneof(
    fc.constantFrom('', '-- words', 'select 1;', '/* text */'),
    fc.string().map((words) => `-- shipshape: ${words.replaceAll(/[\r\n]/g, ' ')}`),
    fc.constantFrom('-- shipshape: destroys a because b', '-- shipshape: lock-timeout 1s'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const { header, faults } = parseHeader(lines.join('\n'));
      const said = lines.filter((each) => each.startsWith('-- shipshape:')).length;
      const understood = header.consents.length + (header.lockTimeoutMs === null ? 0 : 1);
      // A string that happens to be a directive of its own is as good as none here.
      const others = [
        header.noTransaction,
        header.backfill !== null,
        header.requires !== null,
        header.repeatable,
      ];
      expect(faults.length + understood + others.filter(Boolean).length).toBe(said);
    }),
  );
});
