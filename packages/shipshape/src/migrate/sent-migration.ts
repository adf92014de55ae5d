// SentMigration: a file on its way to the server, before any of it was answered.
import type { Result } from '../postgres/session.ts';
import type { Finding } from '../report/index.ts';
import type { OpenedTransaction } from './fenced.ts';
import type { ServerLook } from './run-order.ts';

export type SentMigration = SentApart | SentWhole;

/** All but what commits it. */
export interface SentApart extends OpenedTransaction, SentWork {
  readonly kind: 'apart';
}

/** With its row and COMMIT: the server alone judges whether they count. */
export interface SentWhole extends OpenedTransaction {
  readonly kind: 'whole';
  /** Null where there is nothing to look at. */
  readonly look: ServerLook | null;
  /** Where the look is not refused. None is an error. */
  readonly findings: readonly Finding[];
  /** One a statement. */
  readonly statements: readonly Promise<Result<unknown>>[];
  /** Whether it is committed; `unlike` when the look was refused, and nothing else. Rejects as the session does. */
  readonly ended: Promise<'committed' | 'unlike'>;
}

/** What a transaction does before it is committed. */
export interface SentWork {
  /** One a statement. */
  readonly statements: readonly Promise<Result<unknown>>[];
  readonly closed: Promise<void>;
  readonly kept: Promise<readonly Finding[]>;
}
