// Codes of repair: what hands have changed, brought back.
import { defineCode } from '../code.ts';
import { renderStand, type Stand } from './stand.ts';

const again = 'npx shipshape repair';

export type InTheWay =
  | {
      readonly about: 'nulls' | 'duplicates' | 'orphans' | 'forbidden rows' | 'unfit values';
      /** At most 1001, which stands for more. */
      readonly rows: number;
      readonly query: string;
    }
  | { readonly about: 'required column'; readonly sql: string }
  /** What it rests on does not come back. */
  | { readonly about: 'another'; readonly subject: string };

const words: Readonly<
  Record<Exclude<InTheWay['about'], 'required column' | 'another'>, readonly [string, string]>
> = {
  nulls: ['row has a null in it', 'rows have a null in it'],
  duplicates: ['value is there more than once', 'values are there more than once'],
  orphans: ['row leads to nothing', 'rows lead to nothing'],
  'forbidden rows': ['row is forbidden by it', 'rows are forbidden by it'],
  'unfit values': [
    'row has a value that would not fit, or not come back as it was',
    'rows have values that would not fit, or not come back as they were',
  ],
};

function renderRows(number: number, [one, many]: readonly [string, string]): string {
  if (number === 1) return `1 ${one}`;
  return `${number > 1000 ? 'more than 1000' : number} ${many}`;
}

export function repairCodes() {
  return {
    'rows-in-the-way': defineCode<{ subject: string; aspect: string | null; table: string; way: InTheWay }>({
      severity: 'error',
      exit: 1,
      title: 'The rows that are there keep what was made from coming back.',
      explain:
        'A column that must not be null, a key, a reference or a check was taken away by hand, and rows were written since that it would not have allowed; or a column that every row has to fill is gone. Rows are never changed or deleted by a repair: they are counted (up to 1000), and a query shows them. What does not depend on it is brought back all the same.',
      what: ({ subject, aspect, table, way }) => {
        const thing = aspect === null ? subject : `the ${aspect} of ${subject}`;
        if (way.about === 'another') return `${thing} cannot be brought back before ${way.subject} is`;
        return way.about === 'required column'
          ? `${thing} cannot be brought back in one step: every row of ${table} has to have a value for it`
          : `${thing} cannot be brought back: ${renderRows(way.rows, words[way.about])}`;
      },
      because: ({ way }) => {
        if (way.about === 'another') return 'it rests on that';
        return way.about === 'required column'
          ? 'it must not be null and nothing fills it; which values they are only you know'
          : 'PostgreSQL refuses it while they are there, and no row is changed or deleted by a repair';
      },
      do: ({ way }) => {
        if (way.about === 'another') return again;
        if (way.about === 'required column') return way.sql;
        return `${way.query} LIMIT 10;     shows them; correct them, then ${again}`;
      },
    }),
    'left-to-people': defineCode<{ subject: string; aspect: string | null; because: string; sql: string }>({
      severity: 'error',
      exit: 1,
      title: 'What was changed by hand is not brought back by repair.',
      explain:
        'Repair brings back what it can without dropping anything that somebody may need, and without guessing. What is left is told with the SQL that a person can look at and run: a thing that may only have got another name, a label that may be another one renamed, a form that PostgreSQL cannot give in place.',
      what: ({ subject, aspect }) =>
        `${aspect === null ? `${subject} is gone, and is` : `the ${aspect} of ${subject} is another, and is`} not brought back here`,
      because: ({ because }) => because,
      do: ({ sql }) => sql,
    }),
    'repair-plan-changed': defineCode<{ asked: string; now: string | null; target: string }>({
      severity: 'error',
      exit: 3,
      title: 'The plan that was asked for is not the plan of this database.',
      explain:
        'The name of a plan says what was read of the database and what would be done to it. Somebody has changed the database since, or it is another database, or rows have come into a table that was empty. Nothing was changed; the plan as it is now is shown.',
      what: ({ asked, target }) => `${asked} is not what would bring ${target} back`,
      because: ({ now }) =>
        now === null
          ? 'there is no plan for it now; nothing was changed'
          : `the database, or what is to be done to it, is another than it was then: the plan is ${now} now; nothing was changed`,
      do: ({ now }) => (now === null ? again : `${again} --plan ${now}     when you have read it`),
    }),
    'repair-failed': defineCode<{ subjects: readonly string[]; message: string } & Stand>({
      severity: 'error',
      exit: 6,
      title: 'A statement of a repair failed.',
      explain:
        'PostgreSQL refused a statement, or the connection was lost. What is one transaction was rolled back; of what is done statement by statement those before it stay, and the next plan begins with what is there. What was brought back before it stays.',
      what: ({ subjects, message }) => `${subjects.join(', ')} could not be brought back: ${message}`,
      because: (stand) => renderStand(stand),
      do: () => `mend what it names, then ${again}     shows what is left to do`,
    }),
    'still-drifted': defineCode<{ subject: string; aspect: string | null }>({
      severity: 'error',
      exit: 1,
      title: 'Something was changed again while it was brought back.',
      explain:
        'When all was done the database was read once more, and it still differs from what its applied migrations made.',
      what: ({ subject, aspect }) =>
        aspect === null ? `${subject} is still gone` : `the ${aspect} of ${subject} is still another`,
      because: () => 'the database was read again when all was done',
      do: () => again,
    }),
    'repair-cut-off': defineCode<{ name: string; startedAt: string }>({
      severity: 'warning',
      exit: 1,
      title: 'A repair was begun here and did not come to its end.',
      explain:
        'The plan of a repair is kept in the journal (shipshape.step) until it is done. One that was cut off can be gone on with under its name, or given up for the plan that is shown.',
      what: ({ name, startedAt }) =>
        `the repair ${name} was begun on ${startedAt} and did not come to its end`,
      because: () => 'what it had done is kept; the plan below is what is left as the database is now',
      do: ({ name }) => `${again} --plan ${name}     goes on with it`,
    }),
    'repair-without-ground': defineCode<{ problem: string; act: string }>({
      severity: 'error',
      exit: 3,
      title: 'What the database should be is not known well enough to bring it back.',
      explain:
        'A repair brings back what applied migrations made. Where none is known to be applied, where programs are applied in part so that nobody knows which of them made what, or where a newer release has migrated the database, it would guess. Nothing was changed.',
      what: ({ problem }) => problem,
      because: () =>
        'a repair brings back what applied migrations made, and nothing else; nothing was changed',
      do: ({ act }) => act,
    }),
  } as const;
}
