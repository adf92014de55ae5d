// Codes of migrations that are not one transaction, and are done step by step.
import { defineCode } from '../code.ts';

const again = 'npx shipshape migrate';

export const stepCodes = {
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
} as const;
