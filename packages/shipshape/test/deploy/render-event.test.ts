// What a run says on its way: the result in words, the waiting as talk.
import { describe, expect, test } from 'vitest';
import { renderEvent } from '../../src/deploy/render-event.ts';
import type { Blocker, RunEvent } from '../../src/migrate/run-order.ts';

const migration = '0051_call_log_cost_metrics';
const blocker: Blocker = {
  pid: 4711,
  role: 'app',
  application: 'report',
  state: 'idle in transaction',
  ageSeconds: 12.4,
  locks: 'AccessShareLock on call_log',
  statement: null,
};
const tell = (event: RunEvent) =>
  renderEvent(event).flatMap(({ as, lines }) => lines.map((line) => `${as}: ${line}`));

describe('an event', () => {
  test.each<[RunEvent, readonly string[]]>([
    [{ kind: 'started', migration, statements: 9, by: 'each file' }, [`talk: ${migration}: 9 statements`]],
    [
      { kind: 'started', migration, statements: 2, by: 'each statement' },
      [`talk: ${migration}: 2 steps, each of which is kept by itself`],
    ],
    [
      { kind: 'step', migration, line: 1, words: 'step 1 of 2 was done before' },
      ['talk: step 1 of 2 was done before'],
    ],
    [
      {
        kind: 'progress',
        migration,
        line: 1,
        advance: { phase: 'building index: scanning table', done: 4120, total: 81967, unit: 'blocks' },
        perSecond: 2060.4,
        secondsLeft: 37.8,
        blockers: [],
      },
      ['progress: building index: scanning table, 4120 of 81967 blocks, 5%, 2060 a second, about 38 s left'],
    ],
    [
      {
        kind: 'progress',
        migration,
        line: 1,
        advance: { phase: 'waiting for old snapshots', done: 0, total: 1, unit: 'transactions' },
        perSecond: null,
        secondsLeft: null,
        blockers: [blocker],
      },
      [
        'progress: waiting for old snapshots, 0 of 1 transactions, 0%, held by pid 4711 (report) idle in transaction for 12 s, AccessShareLock on call_log',
      ],
    ],
    [
      {
        kind: 'statement',
        migration,
        line: 1,
        words: ['added a.b text', 'added a.c text'],
        notices: ['careful'],
        milliseconds: 1,
      },
      ['result: added a.b text', 'result: added a.c text', 'talk: the server remarks: careful'],
    ],
    [
      { kind: 'applied', applied: { id: migration, words: [], milliseconds: 1 }, verified: true },
      [`result: ${migration} applied`],
    ],
    [
      { kind: 'applied', applied: { id: migration, words: [], milliseconds: 1 }, verified: false },
      [`result: ${migration} applied, not verified`],
    ],
    [
      {
        kind: 'waiting for runner',
        holder: {
          runner: 'process 7 on build',
          since: null,
          expired: false,
          pid: 1,
          statement: 'ALTER TABLE t',
          endable: true,
        },
        seconds: 3.2,
      },
      ['talk: waiting for process 7 on build, in: ALTER TABLE t (3 s)'],
    ],
    [
      {
        kind: 'waiting for runner',
        holder: {
          runner: 'process 7',
          since: null,
          expired: true,
          pid: null,
          statement: null,
          endable: true,
        },
        seconds: 0,
      },
      ['talk: waiting for process 7, whose lease is over (0 s)'],
    ],
    [
      { kind: 'waiting for lock', migration, line: 3, blockers: [blocker], seconds: 1 },
      [
        'talk: waiting for a lock, held by pid 4711 (report) idle in transaction for 12 s, AccessShareLock on call_log (1 s)',
      ],
    ],
    [
      { kind: 'trying again', migration, line: 3, blockers: [], attempt: 1, inMs: 340.4 },
      ['talk: the lock was not granted: rolled back to let the traffic pass, attempt 2 in 340 ms'],
    ],
    [
      { kind: 'commit settled', migration, applied: true },
      [
        `talk: the connection was cut while ${migration} was committed; the database says that it came through`,
      ],
    ],
  ])('%j', (event, lines) => {
    expect(tell(event)).toEqual(lines);
  });
});
