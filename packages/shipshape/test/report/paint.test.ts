// Who gets colour, and how text is set.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wantsColour } from '../../src/report/render/paint.ts';
import { align, count, widthOf, wrap } from '../../src/report/render/wrap.ts';

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ CI: 'true' }, true, false],
  [{ CI: 'true', FORCE_COLOR: '1' }, false, true],
  [{ TERM: 'dumb' }, true, false],
])('with %j and a terminal %s colour is %s', (env, isTTY, expected) => {
  expect(wantsColour(env, { isTTY })).toBe(expected);
});

test('a terminal that does not know its width is taken for a wide one', () => {
  expect([{}, { columns: 0 }, { columns: 12 }, { columns: 80 }].map(widthOf)).toEqual([120, 120, 120, 80]);
});

test('wrapping loses no word and is never wider than it must be', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 60 }), (given, width) => {
      const lines = wrap(given.join(' '), width);
      expect(lines.join(' ')).toBe(given.join(' '));
      for (const line of lines) expect(line.includes(' ') && line.length > width).toBe(false);
    }),
  );
});

test('columns are as wide as their widest cell, and lines have no spaces at the end', () => {
  expect(align([['a', 'bbb', 'c'], ['aa', 'b', ''], ['a']])).toEqual(['a    bbb   c', 'aa   b', 'a']);
});

test('numbers are told with their noun', () => {
  expect([count(0, 'table'), count(1, 'table'), count(2, 'index'), count(3, 'unique key')]).toEqual([
    '0 tables',
    '1 table',
    '2 indexes',
    '3 unique keys',
  ]);
});
