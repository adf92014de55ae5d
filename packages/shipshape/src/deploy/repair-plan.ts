// RepairPlan: what brings a database back to what its applied migrations made.
import { fingerprint, type MigrationId } from '../catalog/index.ts';
import type { LockMode } from '../migrate/words/locks.ts';
import type { Finding } from '../report/index.ts';

export interface RepairPlan {
  /** Of what is kept: eight hexadecimal digits. Null where nothing is to be done. */
  readonly name: string | null;
  readonly kept: KeptRepair;
  /** What is not brought back, with why and what to do; and a warning of a repair that was cut off. */
  readonly findings: readonly Finding[];
}

/** What the journal keeps of a plan that is begun, and what its name is made of. */
export interface KeptRepair {
  readonly database: string;
  /** How many repairs came before it. */
  readonly ended: number;
  /** In the order in which they are run. */
  readonly acts: readonly RepairAct[];
  /** What is not brought back, in short. */
  readonly not: readonly string[];
}

/** Remarks are left out: whether a question was answered in time is not what is done. */
export function nameRepair({ acts, ...kept }: KeptRepair): string {
  const start = 'sha256:'.length;
  const done = acts.map(({ remarks: _, ...act }) => act);
  return fingerprint({ ...kept, acts: done }).slice(start, start + 8);
}

/** One transaction, or statements that commit by themselves. */
export interface RepairAct {
  /** What is back when this is done. */
  readonly mends: readonly Mended[];
  /** What is begun by it, and comes to its end in a later one. */
  readonly begins: readonly Mended[];
  readonly statements: readonly RepairStatement[];
  /** Each of them commits by itself. */
  readonly apart: boolean;
  readonly remarks: readonly string[];
}

export interface RepairStatement {
  /** Without a semicolon. */
  readonly sql: string;
  readonly lock: LockMode | null;
  /** `writers wait for a moment`; null without a lock. */
  readonly whoWaits: string | null;
}

export interface Mended {
  /** `call_log.recording_mode` */
  readonly subject: string;
  /** Null for the thing itself, which is gone. */
  readonly aspect: string | null;
  /** As it was made, and as it is; null where there is no word for it. */
  readonly made: string | null;
  readonly found: string | null;
  readonly migration: MigrationId | null;
}

/** `call_log.recording_mode`, `the default of call_log.retries` */
export function renderMended({ subject, aspect }: Mended): string {
  return aspect === null ? subject : `the ${aspect} of ${subject}`;
}
