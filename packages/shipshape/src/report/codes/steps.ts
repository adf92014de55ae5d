// Codes of migrations that are not one transaction, and are done step by step.
import { defineCode } from '../code.ts';

const again = 'npx shipshape migrate';

export function stepCodes() {
  return {
    'step-edited': defineCode<{
      migration: string;
      place: string;
      step: number;
      of: number;
      /** Which of its steps are done, and which was begun. */
      done: number;
      state: 'started' | 'done';
      startedAt: string;
    }>({
      severity: 'error',
      exit: 3,
      title: 'A migration that is applied in part was edited where it is done.',
      explain:
        'A migration that is not one transaction is done step by step, and the journal (shipshape.step) keeps a checksum of each statement that was begun. What is not begun may be edited between two attempts; what is done or begun may not: the database has what the old text made, and nothing would undo it. Nothing more was applied.',
      what: ({ migration, step, of, state }) =>
        `step ${step} of ${of} of ${migration} is ${state === 'done' ? 'done' : 'begun'} here, and has another text now`,
      because: ({ done, startedAt, of }) =>
        `it began on ${startedAt} with other words; ${done} of ${of} steps are done, and nothing more was applied`,
      do: ({ place, migration }) =>
        `restore ${place} as it was (git log -p -- '*${migration}.sql'), put what is to change into a new migration, then ${again}`,
    }),
    'index-of-another-definition': defineCode<{
      migration: string;
      index: string;
      expected: string;
      found: string;
      drop: string;
    }>({
      severity: 'error',
      exit: 6,
      title: 'There is something else under the name of an index that is to be built concurrently.',
      explain:
        'An index that is built concurrently is recognised by its name and its definition, as the server prints it: one with the same definition is taken for done, an invalid one is built again. Here the name belongs to something else. IF NOT EXISTS would pass it over in silence. It was not touched.',
      what: ({ migration, index }) => `${migration} builds ${index}, and something else has that name`,
      because: ({ expected, found }) =>
        `it is to be: ${expected}; it is: ${found}; nothing was touched, and what is done before it stays`,
      do: ({ drop }) => `${drop} where nobody needs it, or give the new index another name; then ${again}`,
    }),
    'backfill-unfit': defineCode<{
      migration: string;
      place: string;
      problem: string;
      /** `statement`, `key`, `name`: what is to be looked after; or the act itself. */
      way: string;
    }>({
      severity: 'error',
      exit: 3,
      title: 'A backfill cannot be run batch by batch.',
      explain:
        'A migration with the header `backfill table=… key=…` is one statement that changes rows and asks for two parameters: the first and the last key of a batch. The key is a column that is never null and that a valid index or the primary key of the table begins with, of any type with an order. Nothing of the file was applied.',
      what: ({ migration }) => `${migration} cannot be run batch by batch`,
      because: ({ problem }) => problem,
      do: ({ place, way }) => {
        if (way === 'statement')
          return `write ${place} like: UPDATE call_log SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL;`;
        if (way === 'name') return `correct the line "-- shipshape: backfill" of ${place}`;
        return way === 'key' ? `name another key in ${place}: the primary key, say` : way;
      },
    }),
    'backfill-not-repeatable': defineCode<{ migration: string; place: string; rows: number; again: number }>({
      severity: 'error',
      exit: 3,
      title: 'A backfill would change the same rows again and again.',
      explain:
        'The first batch that changes something is run twice in its transaction, and the second time it has to change nothing: rows that are written while the backfill runs are found by going through the table again, and only a statement that leaves done rows alone comes to an end. The batch was rolled back: nothing was changed.',
      what: ({ migration, rows, again: twice }) =>
        `${migration} changed ${rows} ${rows === 1 ? 'row' : 'rows'}, and ${twice} when it was run again at once`,
      because: () =>
        'it could not go through the table again for the rows that are written meanwhile; nothing was changed',
      do: ({ place }) => `add a condition that is false for a row that is done (AND n IS NULL) at ${place}`,
    }),
    'backfill-never-ends': defineCode<{ migration: string; passes: number; rows: string; last: string }>({
      severity: 'error',
      exit: 6,
      title: 'A backfill finds rows to change in every pass.',
      explain:
        'A backfill goes through its table until a pass changes nothing: rows that were written behind it meanwhile are found in the next one. Here every pass found some: the application still writes rows as they were before. What is changed stays, and the next run goes on.',
      what: ({ migration, passes, last }) =>
        `${migration} went through its table ${passes} times, and changed ${last} ${last === '1' ? 'row' : 'rows'} in the last pass`,
      because: ({ rows }) =>
        `somebody goes on writing rows that it has to change; ${rows} rows are changed and stay so`,
      do: () => `let the application write the new value (or give the column a DEFAULT), then ${again}`,
    }),
    'backfill-edited': defineCode<{
      migration: string;
      place: string;
      rows: string;
      startedAt: string;
      anew: string;
    }>({
      severity: 'error',
      exit: 3,
      title: 'A backfill was edited in the middle.',
      explain:
        'The journal (shipshape.step) knows how far a backfill came, and a checksum of its statement, table and key. Another statement would make another thing of the rest of the rows. Nothing more was changed. The size of a batch and the pause may be edited at any time.',
      what: ({ migration, startedAt }) =>
        `${migration} was begun here on ${startedAt}, and is another backfill now`,
      because: ({ rows }) =>
        `${rows} rows are changed by the statement as it was; the rest would be changed by this one`,
      do: ({ place, anew }) =>
        `restore ${place} as it was; or, where what is changed may stay, begin anew: ${anew}`,
    }),
  } as const;
}
