// renderTable: the story's table, before, during and after, from what was measured.
import type { IncidentReport } from './incident.ts';
import type { Measured, Share } from './measure.ts';

export function renderTable({ before, during, after }: IncidentReport): string {
  const rows: readonly (readonly [string, (measured: Measured) => Share])[] = [
    ['webhooks answered', (measured) => measured.webhooks],
    ['recording callbacks', (measured) => measured.recordingCallbacks],
    ['API requests', (measured) => measured.api],
    ['background tasks', (measured) => measured.backgroundTasks],
    ['cost columns filled', (measured) => measured.costMetrics],
  ];
  const head = ['', 'the story: code ahead', 'old release, migrating', 'new release'];
  const lines = [
    head,
    ...rows.map(([name, read]) => [name, ...[before, during, after].map((each) => renderShare(read(each)))]),
  ];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

function renderShare({ ok, of }: Share): string {
  const mark = of > 0 && ok === of ? '✓' : '✗';
  return `${mark} ${ok} of ${of}`;
}
