// judgeSnapshot: whether there is a snapshot, and whether it belongs to these models and migrations.
import { relative } from 'node:path';
import type { Need } from '../need/need.ts';
import { type Finding, makeFinding } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import type { SnapshotMigration } from '../snapshot/snapshot.ts';
import { staleAgainstMigrations, staleAgainstNeed } from '../snapshot/staleness.ts';

/** `expected` is false for a project that has never had one: then its lack is only noted. */
export function judgeSnapshot(
  snapshot: SnapshotReading | null,
  need: Need | null,
  files: readonly SnapshotMigration[] | undefined,
  expected: boolean,
): readonly Finding[] {
  if (snapshot === null) return [];
  const file = relative(process.cwd(), snapshot.file) || snapshot.file;
  if (snapshot.kind === 'missing') {
    const lost =
      'names, types, nullability and keys were judged; which migration makes a thing, the line that declares it and its default were not';
    return [makeFinding('snapshot-missing', { file, lost }, expected ? {} : { severity: 'note' })];
  }
  const reasons = [
    ...(files === undefined ? [] : staleAgainstMigrations(snapshot.snapshot, files)),
    ...(need === null ? [] : staleAgainstNeed(snapshot.snapshot, need)),
  ];
  return reasons.length === 0 ? [] : [makeFinding('snapshot-stale', { file, reasons })];
}
