// Codes of `diff`: in what two sides differ.
import { defineCode } from '../code.ts';

export interface Sides {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** What makes it on the other side; empty where that is models, which people write. */
  readonly sql: string;
}

const missing = (has: string, lacks: string) => `declare it in ${lacks}, or drop it in ${has}`;

export function differenceCodes() {
  return {
    'only-in-first': defineCode<Sides & { near: string | null }>({
      severity: 'error',
      exit: 1,
      title: 'The first side has what the second has not.',
      explain:
        '`shipshape diff <from> <to>` found something in <from> that is not in <to>. The SQL that makes it in <to> is printed where there is one; `baseline` and `adopt` say the same of the files and the database. When a similar name is there, it may be the same thing under another name.',
      what: ({ subject, from, to, near }) =>
        `${subject} is in ${from} and not in ${to}${near === null ? '' : ` (there is ${near})`}`,
      because: () => 'what works on one side does not on the other',
      do: ({ from, to, sql }) => (sql === '' ? missing(from, to) : `-- in ${to}\n${sql}`),
    }),
    'only-in-second': defineCode<Sides>({
      severity: 'error',
      exit: 1,
      title: 'The second side has what the first has not.',
      explain:
        '`shipshape diff <from> <to>` found something in <to> that is not in <from>. The SQL that makes it in <from> is printed where there is one.',
      what: ({ subject, from, to }) => `${subject} is in ${to} and not in ${from}`,
      because: () => 'what works on one side does not on the other',
      do: ({ from, to, sql }) => (sql === '' ? missing(to, from) : `-- in ${from}\n${sql}`),
    }),
    different: defineCode<Sides & { aspect: string; declared: string | null; found: string | null }>({
      severity: 'error',
      exit: 1,
      title: 'Both sides have it, and not alike.',
      explain:
        '`shipshape diff <from> <to>` found one thing on both sides, of which one aspect differs. The SQL that makes <to> like <from> is printed where there is one.',
      what: ({ subject, aspect, from, to, declared, found }) =>
        `the ${aspect} of ${subject} is ${declared ?? 'none'} in ${from}, and ${found ?? 'none'} in ${to}`,
      because: () => 'the same statement may have two outcomes',
      do: ({ to, declared, sql }) =>
        sql === '' ? `make it ${declared ?? 'none'} in ${to}` : `-- in ${to}\n${sql}`,
    }),
  } as const;
}
