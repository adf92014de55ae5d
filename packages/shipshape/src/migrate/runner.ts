// Runner: one run with its two connections.
import type { Notice, OwnSession } from '../postgres/session.ts';

export interface Runner {
  readonly id: string;
  /** `process 4711 on build-7` */
  readonly name: string;
  /** Whose migrations these are: '' for the database's, a schema's name for a tenant's. */
  readonly scope: string;
  readonly sessionKey: readonly [number, number];
  readonly user: string;
  readonly database: string;
  /** Runs the migrations, and holds the session lock for its life. */
  readonly work: OwnSession;
  /** When the backend of `work` began, as a UTC text that `beat` compares: a pid alone may be somebody else's by now. */
  readonly workStart: string;
  /** Renews the lease, and looks at `work` from outside. */
  readonly beat: OwnSession;
  /** What both sessions need to have SET, and what has to be SET again after RESET ALL. */
  readonly settings: string;
  /** What `work` was told since it was last emptied. */
  readonly notices: Notice[];
  /** 180004 for 18.4 */
  readonly versionNumber: number;
}
