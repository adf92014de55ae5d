// The scenario of `npm run demo:incident`, with fewer calls in the database.
import { expect, test } from 'vitest';
import { playIncident } from './incident.ts';
import { judgeIncident } from './judge.ts';
import { renderTable } from './table.ts';

test('the incident: refused, migrated under traffic, started, drifted, mended', {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const report = await playIncident({ calls: 20_000, say: (line) => said.push(line) });
  expect(judgeIncident(report), `${said.join('\n')}\n${renderTable(report)}`).toEqual([]);
  expect(report.calls).toBe(20_000);
});
