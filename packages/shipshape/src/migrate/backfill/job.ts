// BackfillJob: what all batches of a backfill share.
import type { Backfill } from '../header.ts';
import type { Migration } from '../migration.ts';
import type { ParsedStatement } from '../told-statement.ts';
import type { BatchSize } from './batch-size.ts';
import type { Key } from './key.ts';
import type { ProgressTeller } from './progress.ts';
import type { Trail } from './trail.ts';

export interface BackfillJob {
  readonly migration: Migration;
  readonly statement: ParsedStatement;
  readonly backfill: Backfill;
  readonly checksum: string;
  readonly key: Key;
  readonly size: BatchSize;
  readonly trail: Trail;
  readonly progress: ProgressTeller;
}
