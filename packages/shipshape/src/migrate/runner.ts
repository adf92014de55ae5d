// Runner: one run with its two connections.
import type { OwnSession } from '../postgres/session.ts';
import type { Backend } from './backend.ts';

export interface Runner {
  readonly id: string;
  /** `process 4711 on build-7` */
  readonly name: string;
  /** Whose migrations these are: '' for the database's, a schema's name for a tenant's. */
  readonly scope: string;
  readonly sessionKey: readonly [number, number];
  readonly user: string;
  readonly database: string;
  /** Runs the migrations; where it is a session of its own it holds the session lock for its life. */
  readonly work: OwnSession;
  /** A pooler stands in front: between two transactions `work` has no backend, and none of its settings last. */
  readonly pooled: boolean;
  /** Of `work`; null behind a pooler while no migration runs. */
  backend: Backend | null;
  /** Renews the lease, and looks at `work` from outside. */
  readonly beat: OwnSession;
  /** What `work` needs to have SET, and what has to be SET again after RESET ALL. Empty behind a pooler. */
  readonly settings: readonly string[];
  /** What whoever is sent next finds prepared on `work` (SQL's PREPARE). */
  readonly prepared: PreparedState;
  /** 180004 for 18.4 */
  readonly versionNumber: number;
}

export interface PreparedState {
  /**
   * `ours`: all that is ours and nothing else, by what the server said; `ours, it seems`: by what the files say that were sent
   * since. `unknown`: at first, behind a pooler, and behind statements that may have prepared others: no rollback takes those back.
   */
  what: 'ours' | 'ours, it seems' | 'unknown';
  /** How often everything was cleared away, to be prepared anew. */
  cleared: number;
}
