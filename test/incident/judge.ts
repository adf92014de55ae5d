// judgeIncident: the ways in which the story did not go as promised; empty when it did.
import type { IncidentReport } from './incident.ts';
import { costColumns, type Share } from './measure.ts';

export function judgeIncident(report: IncidentReport): readonly string[] {
  const { refused, refusedPort, migrated, migratedAgain, drifted, mended, before, during, after } = report;
  const whole = (share: Share) => share.of > 0 && share.ok === share.of;
  const demands: readonly (readonly [boolean, string])[] = [
    [
      before.webhooks.ok < before.webhooks.of,
      'without the gate the story would not have happened: nothing failed',
    ],
    [refused.code === 1, `the new release was not refused: exit ${refused.code}`],
    [
      costColumns.every((name) => refused.stderr.includes(name) || /… \d+ more/.test(refused.stderr)),
      'the refusal does not name the columns',
    ],
    [refused.stderr.includes('npx shipshape migrate'), 'the refusal does not name the command'],
    [
      refusedPort.failed === 0 && refusedPort.asked > 0,
      'the port of the refused release accepted a connection',
    ],
    [migrated.code === 0, `migrate ended with ${migrated.code}: ${migrated.stderr}`],
    [
      costColumns.every((name) => migrated.stdout.includes(`added call_log.${name}`)),
      'migrate did not say what it added',
    ],
    [
      migratedAgain.code === 0 && /nothing to do/.test(migratedAgain.stdout),
      'a second migrate found something to do',
    ],
    [whole(during.webhooks), 'a webhook failed while the schema changed'],
    [whole(during.recordingCallbacks), 'a recording callback failed while the schema changed'],
    [whole(during.api), 'an API request failed while the schema changed'],
    [whole(during.backgroundTasks), 'a background task failed while the schema changed'],
    [whole(after.webhooks) && whole(after.recordingCallbacks), 'a webhook failed on the new release'],
    [whole(after.api) && whole(after.backgroundTasks), 'an API request or a task failed on the new release'],
    [whole(after.costMetrics), `new calls filled ${after.costMetrics.ok} of the nine columns`],
    [drifted.code === 1 && drifted.stdout.includes('drifted'), `verify after the drop: exit ${drifted.code}`],
    [
      drifted.stdout.includes('0051_call_log_cost_metrics'),
      'verify does not name the migration that made the column',
    ],
    [mended.code === 0, `verify after the printed SQL: exit ${mended.code}`],
  ];
  const problems = Object.entries({ ...during.problems, ...after.problems });
  return [
    ...demands.filter(([met]) => !met).map(([, fault]) => fault),
    ...problems.map(([problem, times]) => `${problem} (${times} times)`),
  ];
}
