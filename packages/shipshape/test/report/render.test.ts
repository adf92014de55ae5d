// What people and programs get to see of findings.
import { describe, expect, test } from 'vitest';
import type { Address } from '../../src/catalog/index.ts';
import type { Finding } from '../../src/report/index.ts';
import { renderFindings } from '../../src/report/render/findings.ts';
import { makeJsonReport, renderJson } from '../../src/report/render/json.ts';
import { renderVerdict, verdictOf } from '../../src/report/render/verdict.ts';

const plain = { width: 120, colour: false };
const migration = '0051_call_log_cost_metrics';

const column = (name: string, table = 'call_log'): Address => ({
  kind: 'column',
  schema: 'public',
  table,
  name,
});

function make(finding: Partial<Finding>): Finding {
  return {
    code: 'connection-lost',
    severity: 'error',
    exit: 1,
    what: 'the database lacks it',
    because:
      'a query that loads call_log selects every declared column; PostgreSQL would answer 42703 to each',
    do: 'npx shipshape migrate',
    ...finding,
  };
}

const names = [
  'recording_mode',
  'stream_started_at',
  'stream_ended_at',
  'stream_duration_sec',
  'stream_connect_count',
  'webhook_11205_count',
  'webhook_retry_count',
  'recording_count',
  'estimated_cost_bucket',
];
const nine = names.map((name, at) =>
  make({
    address: column(name),
    aspect: 'existence',
    origin: { file: 'apps/calls/src/db/schema.ts', line: 58 + at },
    migration,
    verdict: 'pending',
  }),
);
const answer = {
  title: 'calls may not start: the database lacks 9 columns that its code reads.',
  findings: nine,
  coverage: { tables: 14, columns: 171, uniqueKeys: 23, enums: 4 },
  target: 'postgres://app@db/calls',
  milliseconds: 11.4,
};

describe('the verdict', () => {
  test('is the message of the story', () => {
    expect(`\n${renderVerdict(answer, { ...plain, rows: 'short' })}\n`).toBe(`
✗ calls may not start: the database lacks 9 columns that its code reads.

  call_log.recording_mode      apps/calls/src/db/schema.ts:58   added by 0051_call_log_cost_metrics (pending)
  call_log.stream_started_at   apps/calls/src/db/schema.ts:59   added by 0051_call_log_cost_metrics (pending)
  … 7 more, all added by 0051_call_log_cost_metrics

  because  a query that loads call_log selects every declared column; PostgreSQL would answer 42703 to each
  do       npx shipshape migrate

  checked 14 tables, 171 columns, 23 unique keys, 4 enums of postgres://app@db/calls in 11 ms
`);
  });

  test('tells every row when that is asked', () => {
    const text = renderVerdict(answer, plain);
    for (const [at, name] of names.entries())
      expect(text).toMatch(new RegExp(`call_log\\.${name} +apps/.*:${58 + at} `));
    expect(text).not.toContain('more');
  });

  test('is one line and the coverage when all agree', () => {
    const coverage = { tables: 1, columns: 1, uniqueKeys: 1, enums: 0 };
    expect(renderVerdict({ ...answer, title: 'calls agrees.', findings: [], coverage }, plain)).toBe(
      '✓ calls agrees.\n\n  checked 1 table, 1 column, 1 unique key, 0 enums of postgres://app@db/calls in 11 ms',
    );
  });

  test('ends with the next act when nothing was compared', () => {
    const finding = make({
      what: 'nothing listens at db:5432',
      because: 'nothing was compared',
      do: 'start it',
    });
    expect(`\n${renderVerdict({ ...answer, findings: [finding], coverage: null }, plain)}\n`).toBe(`
✗ calls may not start: the database lacks 9 columns that its code reads.

  nothing listens at db:5432

  because  nothing was compared
  do       start it
`);
  });

  test('does not say again what the title says', () => {
    const finding = make({ what: 'calls is empty', because: 'it is new', do: 'npx shipshape migrate' });
    expect(renderVerdict({ ...answer, title: 'blind: calls is empty.', findings: [finding] }, plain)).toMatch(
      /^✗ blind: calls is empty\.\n\n {2}because {2}it is new\n/,
    );
  });

  test('is told apart by its mark: a warning does not stop anything', () => {
    const warned = renderVerdict({ ...answer, findings: [make({ severity: 'warning' })] }, plain);
    expect(warned.startsWith('! ')).toBe(true);
    const noted = renderVerdict({ ...answer, findings: [make({ severity: 'note' })] }, plain);
    expect(noted.startsWith('✓ ')).toBe(true);
  });
});

describe('rows', () => {
  test('of one migration are shortened from six on, the others never', () => {
    const five = renderFindings(nine.slice(0, 5), { ...plain, rows: 'short' });
    expect(five).not.toContain('more');
    const alone = make({
      address: column('made_by_hand'),
      origin: { file: 'a.ts', line: 1 },
      aspect: 'existence',
      verdict: 'drifted',
      migration: '0007_x',
    });
    const mixed = renderFindings([...nine.slice(0, 6), alone], { ...plain, rows: 'short' });
    expect(mixed).toContain('… 4 more, all added by 0051_call_log_cost_metrics');
    expect(mixed).toMatch(/call_log\.made_by_hand +a\.ts:1 +added by 0007_x \(applied\)/);
    expect(mixed).not.toContain('stream_ended_at');
  });

  test('without a migration are never shortened', () => {
    const forgotten = nine.map(({ migration: _, ...rest }) => make({ ...rest, verdict: 'forgotten' }));
    const text = renderFindings(forgotten, { ...plain, rows: 'short' });
    for (const name of names) expect(text).toContain(name);
    expect(text).toMatch(/recording_mode .*no migration adds it/);
  });

  test('of what is not simply missing are its sentence, and the line', () => {
    const finding = make({
      address: column('recording_mode'),
      aspect: 'type',
      what: 'call_log.recording_mode is text, declared character varying(32)',
      origin: { file: 'schema.ts', line: 58 },
      migration,
      verdict: 'drifted',
    });
    expect(renderFindings([finding], plain).split('\n')[0]).toBe(
      '  call_log.recording_mode is text, declared character varying(32)   schema.ts:58',
    );
  });

  test('are the sentence itself where nothing is known of the address but its name', () => {
    const finding = make({ address: column('gone'), what: 'call_log.gone is gone' });
    expect(renderFindings([finding], { ...plain, width: 160 }).split('\n')[0]).toBe(
      '  call_log.gone is gone',
    );
  });

  test('break between their cells when the terminal is narrow, never inside one', () => {
    const [first] = nine;
    expect(`\n${renderFindings([first as Finding], { ...plain, width: 50 })}\n`).toBe(`
  call_log.recording_mode
    apps/calls/src/db/schema.ts:58
    added by 0051_call_log_cost_metrics (pending)

  because  a query that loads call_log selects
           every declared column; PostgreSQL would
           answer 42703 to each
  do       npx shipshape migrate
`);
  });

  test('name the schema where it is not on the search path', () => {
    expect(renderFindings(nine, { ...plain, searchPath: ['tenant'] })).toContain(
      'public.call_log.recording_mode',
    );
  });
});

describe('groups', () => {
  test('of one code with one and the same act are one, with every reason', () => {
    const table = { kind: 'table', schema: 'public', name: 'reason' } as const;
    const text = renderFindings(
      [
        ...nine.slice(0, 1),
        make({ address: table, aspect: 'existence', because: 'another', migration, verdict: 'pending' }),
      ],
      plain,
    );
    expect(`\n${text}\n`).toBe(`
  call_log.recording_mode   apps/calls/src/db/schema.ts:58   added by 0051_call_log_cost_metrics (pending)
  reason                                                     added by 0051_call_log_cost_metrics (pending)

  because  a query that loads call_log selects every declared column; PostgreSQL would answer 42703 to each
           another
  do       npx shipshape migrate
`);
  });

  test('are findings of one code, severity and reason, the worst first, each with its title', () => {
    const missing = make({
      code: 'snapshot-missing',
      severity: 'warning',
      what: 'no snapshot',
      because: 'so',
      do: 'npx shipshape snapshot',
    });
    const wrong = make({ code: 'database-missing', what: 'no database' });
    const rows = nine
      .slice(0, 2)
      .map((each) => ({ ...each, code: 'database-missing' as const, because: 'another', do: 'act' }));
    expect(`\n${renderFindings([missing, wrong, ...rows], plain)}\n`).toBe(`
  ✗ no database

  because  a query that loads call_log selects every declared column; PostgreSQL would answer 42703 to each
  do       npx shipshape migrate

  ✗ The database does not exist on the server

  call_log.recording_mode      apps/calls/src/db/schema.ts:58   added by 0051_call_log_cost_metrics (pending)
  call_log.stream_started_at   apps/calls/src/db/schema.ts:59   added by 0051_call_log_cost_metrics (pending)

  because  another
  do       act

  ! no snapshot

  because  so
  do       npx shipshape snapshot
`);
  });

  test('give every act once, each line of it under the other', () => {
    const one = make({ do: 'alter table a add b text;\nalter table a add c text;' });
    const text = renderFindings([one, make({ do: 'npx shipshape migrate' }), make({})], plain);
    expect(text.split('\n').slice(-3)).toEqual([
      '  do       alter table a add b text;',
      '           alter table a add c text;',
      '           npx shipshape migrate',
    ]);
  });

  test('give a comment that several acts begin with once', () => {
    const acts = ['a', 'b'].map((name) =>
      make({ do: `-- in a new migration\nalter table ${name} add c text;` }),
    );
    expect(renderFindings(acts, plain).split('\n').slice(-3)).toEqual([
      '  do       -- in a new migration',
      '           alter table a add c text;',
      '           alter table b add c text;',
    ]);
  });

  test('of nothing are nothing', () => {
    expect(renderFindings([], plain)).toBe('');
  });
});

test('colour changes no character that is read', () => {
  const coloured = renderVerdict(answer, { ...plain, colour: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is taken away.
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(renderVerdict(answer, plain));
  expect(coloured).toContain('\x1b[31m✗\x1b[39m');
});

describe('JSON', () => {
  test('is the findings as they are, versioned, with complete addresses', () => {
    const report = makeJsonReport({
      verdict: 'pending',
      coverage: answer.coverage,
      findings: nine.slice(0, 1),
    });
    expect(JSON.parse(renderJson(report))).toEqual({
      version: 1,
      verdict: 'pending',
      coverage: { tables: 14, columns: 171, uniqueKeys: 23, enums: 4 },
      findings: [
        {
          code: 'connection-lost',
          severity: 'error',
          verdict: 'pending',
          address: 'call_log.recording_mode',
          aspect: 'existence',
          origin: { file: 'apps/calls/src/db/schema.ts', line: 58 },
          migration,
          what: nine[0]?.what,
          because: nine[0]?.because,
          do: 'npx shipshape migrate',
        },
      ],
    });
  });

  test('ends with one newline', () => {
    expect(renderJson({})).toBe('{}\n');
  });
});

test('the verdict of findings is the weightiest that an error carries', () => {
  expect(verdictOf([])).toBe('agreed');
  expect(verdictOf(nine)).toBe('pending');
  expect(verdictOf([...nine, make({ verdict: 'drifted' }), make({ verdict: 'forgotten' })])).toBe('drifted');
  expect(verdictOf([make({ verdict: 'drifted', severity: 'warning' })])).toBe('agreed');
});
