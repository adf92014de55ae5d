// What a run of traffic counted, and how it is told.
import type { WebhookKind } from './call-script.ts';

export interface WebhookCount {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  /** How many of the sent ones were repetitions of an earlier request. */
  readonly redelivered: number;
  /** Milliseconds until the answer was read, over all that were answered. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

export interface TrafficSummary {
  readonly seed: string;
  readonly calls: number;
  readonly recordings: number;
  readonly seconds: number;
  readonly webhooks: Readonly<Partial<Record<WebhookKind, WebhookCount>>>;
  readonly total: WebhookCount;
  /** Each problem and how often it was met. */
  readonly problems: Readonly<Record<string, number>>;
}

/** Gathers answers while traffic runs. */
export class Tally {
  readonly #answers = new Map<WebhookKind, { ms: number; redelivered: boolean; failed: boolean }[]>();
  readonly #problems: Record<string, number> = {};

  add(kind: WebhookKind, answer: { ms: number; problem: string | undefined }, redelivered: boolean): void {
    const answers = this.#answers.get(kind) ?? [];
    this.#answers.set(kind, answers);
    answers.push({ ms: answer.ms, redelivered, failed: answer.problem !== undefined });
    if (answer.problem === undefined) return;
    const problem = `${kind}: ${answer.problem}`;
    this.#problems[problem] = (this.#problems[problem] ?? 0) + 1;
  }

  summarize(facts: Pick<TrafficSummary, 'seed' | 'calls' | 'recordings' | 'seconds'>): TrafficSummary {
    const counts = [...this.#answers].map(([kind, answers]) => [kind, count(answers)] as const);
    return {
      ...facts,
      webhooks: Object.fromEntries(counts),
      total: count([...this.#answers.values()].flat()),
      problems: { ...this.#problems },
    };
  }
}

function count(answers: readonly { ms: number; redelivered: boolean; failed: boolean }[]): WebhookCount {
  const failed = answers.filter((answer) => answer.failed).length;
  const times = answers
    .filter((answer) => !answer.failed)
    .map(({ ms }) => ms)
    .sort((one, other) => one - other);
  const percentile = (share: number): number | undefined => {
    const ms = times[Math.max(0, Math.ceil(times.length * share) - 1)];
    return ms === undefined ? undefined : Math.round(ms * 10) / 10;
  };
  return {
    sent: answers.length,
    ok: answers.length - failed,
    failed,
    redelivered: answers.filter((answer) => answer.redelivered).length,
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
}

/** A table with one line a kind of webhook; the last line is what failed, or that nothing did. */
export function renderSummary(summary: TrafficSummary): string {
  const cells = (name: string, counted: WebhookCount): string =>
    [
      name.padEnd(18),
      ...[counted.sent, counted.ok, counted.failed, counted.redelivered, counted.p50, counted.p99].map(
        (value) => String(value ?? '-').padStart(12),
      ),
    ].join('');
  const head = ['sent', 'ok', 'failed', 'redelivered', 'p50 ms', 'p99 ms']
    .map((name) => name.padStart(12))
    .join('');
  const lines = [
    `${summary.calls} calls in ${summary.seconds.toFixed(1)} s (seed ${summary.seed}), ${summary.recordings} recordings`,
    '',
    'webhook'.padEnd(18) + head,
    ...Object.entries(summary.webhooks).map(([kind, counted]) => cells(kind, counted)),
    cells('all', summary.total),
    '',
    ...Object.entries(summary.problems).map(([problem, times]) => `✗ ${problem} (${times} times)`),
  ];
  if (summary.total.failed === 0) lines.push(`every webhook was answered as the provider expects`);
  return lines.join('\n');
}
