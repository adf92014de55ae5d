// RunOrder, RunEvent, RunResult: what a run is told, what it says on the way, and what came of it.
import type { KeptStatement, MigrationId } from '../catalog/index.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import type { ExitCode, Finding } from '../report/index.ts';
import type { Book } from './book.ts';
import type { ReplayCommand } from './command/replay-command.ts';
import type { Applied, History, Migration, TransactionRule } from './migration.ts';
import type { PreparedState, Runner } from './runner.ts';

/** The judgements that this room does not make itself. A finding that is an error stops the run. */
export interface Ask {
  /** Asked before anything runs, and again under the lock. An error is a refusal: exit 3, nothing applied. */
  mayApply(history: History): Promise<readonly Finding[]>;
  /** Called when `mayApply` has allowed it, while the lock is asked for; what follows is asked when it is done. */
  getReady(): Promise<void>;
  /** What is kept of its statements, of this text and no other; null where it has to be parsed. Asked when `mayApply` has been. */
  recall(migration: Migration): readonly KeptStatement[] | null;
  /**
   * Asked in the migration's own transaction, before its row of the ledger: what it asks `work` is answered behind the last
   * statement, which need not have been answered yet. An error rolls it back. Any finding that is none (a stale snapshot,
   * say) means that the file was applied unverified.
   */
  promiseKept(
    runner: Pick<Runner, 'work' | 'pooled' | 'prepared'>,
    migration: Migration,
  ): Promise<readonly Finding[]>;
  /**
   * What `promiseKept` would find, as far as that needs no answer: then the file's COMMIT may be sent before any of it was
   * answered. Null where only `promiseKept` can tell.
   */
  foresee(work: OwnSession, migration: Migration): Foreseen | null;
}

export interface Foreseen {
  /** Null where there is nothing to look at. Made when it is sent, by what is prepared on `work` then. */
  readonly look: ((prepared: PreparedState) => ServerLook) | null;
  /** Where the look is not refused. None is an error. */
  readonly findings: readonly Finding[];
}

/** A look at what a migration has made whose answer the server itself judges. */
export interface ServerLook {
  /** They open a savepoint and end it. */
  readonly statements: readonly string[];
  /** The one of them that the server refuses where it sees anything else than what should be there. */
  readonly judging: number;
  /** After that refusal: the transaction goes on as it was. */
  readonly abandon: string;
}

export interface RunOrder {
  readonly target: Target;
  readonly migrations: readonly Migration[];
  /** Where it is read and written what is applied. */
  readonly book: Book;
  /** What applies them, and writes the book itself; left out where we do. */
  readonly command?: ReplayCommand | undefined;
  /** '' for the database's own; a schema's name where each schema has a ledger of its own. */
  readonly scope: string;
  /** The last one to apply; those after it stay pending, and are not told. Null for all. */
  readonly through: MigrationId | null;
  /** How long a runner that is not heard of keeps the lock. */
  readonly leaseSeconds: number;
  /** How long another runner, and then each locked table, is waited for. */
  readonly waitSeconds: number;
  /** How long one attempt may make the traffic on a table queue behind it. */
  readonly lockTimeoutMs: number;
  /** How far a replica may be behind what a backfill writes: 10 seconds, and 256 MB, when left out. */
  readonly replicaLimit?: { readonly seconds: number; readonly bytes: number } | undefined;
  /** The process ends afterwards: the server is told so, and not waited for. */
  readonly thenEnds?: boolean | undefined;
  /** Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  readonly on: (event: RunEvent) => void;
  readonly ask: Ask;
}

/** Who holds the lock of the runners. */
export interface Holder {
  /** `process 4711 on build-7` */
  readonly runner: string;
  /** ISO 8601, server clock. */
  readonly since: string | null;
  /** Its lease is over; what is left of it is a session that has to end. */
  readonly expired: boolean;
  readonly pid: number | null;
  /** Without its constants; null where the role may not see it. */
  readonly statement: string | null;
  /** False when its lease is over and this role may not end its session: it can only be waited for. */
  readonly endable: boolean;
}

/** A session that holds a lock which the migration waits for. */
export interface Blocker {
  readonly pid: number;
  readonly role: string | null;
  readonly application: string | null;
  /** `idle in transaction`; null where the role may not see it. */
  readonly state: string | null;
  /** Of its transaction. */
  readonly ageSeconds: number | null;
  /** `AccessShareLock on call_log` */
  readonly locks: string | null;
  /** Without its constants; null where the role may not see it. */
  readonly statement: string | null;
}

/** How far something long is. */
export interface Advance {
  /** In PostgreSQL's words: `building index: scanning table` (manual 28.4). */
  readonly phase: string;
  /** Null where that cannot be told. */
  readonly done: number | null;
  readonly total: number | null;
  readonly unit: 'blocks' | 'rows' | 'transactions';
}

export type RunEvent =
  | { readonly kind: 'waiting for runner'; readonly holder: Holder; readonly seconds: number }
  | {
      readonly kind: 'started';
      readonly migration: MigrationId;
      readonly statements: number;
      readonly by: TransactionRule;
    }
  /** What is peculiar to a step: that it was done before, or is begun again, and what was left of it. */
  | {
      readonly kind: 'step';
      readonly migration: MigrationId;
      readonly line: number;
      readonly words: string;
    }
  | {
      readonly kind: 'progress';
      readonly migration: MigrationId;
      readonly line: number;
      readonly advance: Advance;
      /** Of this phase. */
      readonly perSecond: number | null;
      readonly secondsLeft: number | null;
      readonly blockers: readonly Blocker[];
    }
  | {
      readonly kind: 'statement';
      readonly migration: MigrationId;
      readonly line: number;
      /** One line a change. */
      readonly words: readonly string[];
      /** What the statement RAISEd, and other notices that `words` does not tell. */
      readonly notices: readonly string[];
      readonly milliseconds: number;
    }
  /** The team's own command: that it is called, and what its sessions wait for. */
  | { readonly kind: 'command'; readonly words: string }
  /** A statement is waiting for a lock right now. */
  | {
      readonly kind: 'waiting for lock';
      readonly migration: MigrationId;
      readonly line: number | null;
      readonly blockers: readonly Blocker[];
      readonly seconds: number;
    }
  /** The lock did not come in time (55P03) or would have closed a circle (40P01): all was rolled back, to be tried again. */
  | {
      readonly kind: 'trying again';
      readonly migration: MigrationId;
      readonly line: number | null;
      readonly blockers: readonly Blocker[];
      readonly attempt: number;
      readonly inMs: number;
    }
  /** A backfill waits until a replica has replayed what it wrote. */
  | {
      readonly kind: 'waiting for replica';
      readonly migration: MigrationId;
      readonly line: number;
      readonly replica: string;
      readonly seconds: number;
      readonly megabytes: number;
    }
  | { readonly kind: 'applied'; readonly applied: Applied; readonly verified: boolean }
  /** The connection was cut while COMMIT was under way; the ledger was asked. */
  | { readonly kind: 'commit settled'; readonly migration: MigrationId; readonly applied: boolean }
  | { readonly kind: 'warning'; readonly finding: Finding };

export interface RunResult {
  /** By this run, in order. */
  readonly applied: readonly Applied[];
  /** The migration in which the run stopped; null when it stopped in none. */
  readonly failed: MigrationId | null;
  /** Pending still, `failed` first. */
  readonly left: readonly MigrationId[];
  /** Warnings too. */
  readonly findings: readonly Finding[];
  readonly exit: ExitCode;
}
