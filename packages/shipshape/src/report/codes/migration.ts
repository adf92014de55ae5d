// Codes of migrations: what is in a file, the ledger, the lock, and what can happen to a run.
import { quoteIdentifier } from '../../catalog/index.ts';
import { defineCode } from '../code.ts';
import { ours } from './ours.ts';
import { renderStand, type Stand, whatIsLost } from './stand.ts';

/** The word that PostgreSQL stumbled over, and whose it is. */
export interface ForeignWord {
  /** As it stands in the file: `AUTOINCREMENT`. */
  readonly word: string;
  /** `SQLite` */
  readonly of: string;
}

export function renderForeign(foreign: ForeignWord | null): string {
  return foreign === null
    ? ''
    : `; ${foreign.word} belongs to ${foreign.of}: is this a file for another database?`;
}

const again = 'npx shipshape migrate';

export function migrationCodes() {
  return {
    'migration-syntax': defineCode<{
      migration: string;
      place: string;
      message: string;
      foreign: ForeignWord | null;
    }>({
      severity: 'error',
      exit: 2,
      title: 'A migration file is not SQL that PostgreSQL can parse.',
      explain:
        "Every pending file is read by PostgreSQL's own parser before anything runs. Nothing was applied.",
      what: ({ migration, message, foreign }) => `${migration}: ${message}${renderForeign(foreign)}`,
      because: () => 'pending files are parsed before the first of them runs; nothing was applied',
      do: ({ place }) => `correct ${place}, then ${again}`,
    }),
    'migration-unknown': defineCode<{
      named: string;
      folder: string;
      last: string | null;
      twice: boolean;
    }>({
      severity: 'error',
      exit: 2,
      title: 'The command names a migration that is not in the folder.',
      explain: 'A migration is named whole (`0051_call_log_cost_metrics`) or by its number (`51`).',
      what: ({ named, folder, twice }) =>
        twice
          ? `"${named}" is more than one migration of ${folder}`
          : `${folder} holds no migration "${named}"`,
      because: ({ last }) => (last === null ? 'the folder is empty' : `its last one is ${last}`),
      do: ({ folder }) => `name it whole or by its number: ls ${folder}`,
    }),
    'ledger-unreadable': defineCode<{ user: string; message: string }>({
      severity: 'error',
      exit: 4,
      title: 'The role may not read the ledger of migrations.',
      explain: 'The table shipshape.ledger is there, and the role may not read it (SQLSTATE 42501).',
      what: ({ user }) => `${user} may not read shipshape.ledger`,
      because: ({ message }) => `which migrations were applied cannot be told: ${message}`,
      do: ({ user }) =>
        `GRANT USAGE ON SCHEMA shipshape TO ${quoteIdentifier(user)}; GRANT SELECT ON shipshape.ledger TO ${quoteIdentifier(user)};`,
    }),
    'foreign-ledger-unread': defineCode<{ folder: string; tool: string | null; because: string }>({
      severity: 'error',
      exit: 4,
      title: "The ledger of the migrations' own tool cannot be read.",
      explain:
        'Each tool keeps a table of what it has applied. It is looked for under its usual name, first in the schema where the tool makes it, then on the search path; --ledger (`ledger` in the configuration) says where it is called otherwise. Flyway, golang-migrate and tools of which plain SQL files tell nothing have ledgers that are not read.',
      what: ({ folder }) => `which migrations of ${folder} are applied here cannot be told`,
      because: ({ because }) => because,
      do: ({ tool }) => `--ledger <schema.table>     or ask ${tool ?? 'the tool that runs them'} itself`,
    }),
    'ledger-unusable': defineCode<{
      user: string;
      database: string;
      sqlstate: string;
      message: string;
      grants: boolean;
    }>({
      severity: 'error',
      exit: 4,
      title: 'The ledger of migrations cannot be made, read or written.',
      explain:
        'Shipshape keeps its ledger and its lock in the schema shipshape of your database, makes it on the first run, and writes it on every run. The server refused that: the role may not, this is a read-only replica, or the schema is somebody else’s.',
      what: ({ database }) => `the schema shipshape of ${database} cannot be made, read or written`,
      because: ({ message, sqlstate }) => `the server says: ${message} (${sqlstate})`,
      do: ({ user, database, grants }) =>
        grants
          ? `GRANT CREATE ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};     or what else is missing, as npx shipshape status prints it`
          : 'connect to the primary, to a database whose schema shipshape is ours',
    }),
    'ledger-schema-first': defineCode<{ user: string; path: string }>({
      severity: 'error',
      exit: 3,
      title: 'Unqualified names would mean the schema of the ledger.',
      explain:
        'A migration that names a table without a schema makes it in the first schema of search_path. Here that is shipshape, where the ledger is: the role bears that name and search_path begins with "$user", or it says so itself.',
      what: ({ user, path }) =>
        `for ${user}, names without a schema mean the schema shipshape (search_path is ${path})`,
      because: () =>
        "what the migrations make would lie among the ledger's tables, where no release looks for it",
      do: ({ user }) => `ALTER ROLE ${quoteIdentifier(user)} SET search_path = public;`,
    }),
    'runner-busy': defineCode<{
      waited: number;
      holder: string;
      since: string | null;
      statement: string | null;
      pid: number | null;
      endable: boolean;
      user: string;
    }>({
      severity: 'error',
      exit: 5,
      title: 'Another runner holds the lock.',
      explain:
        'Only one runner at a time applies migrations. This one waited as long as it was told to. A runner that has died or hangs loses its lease after a few seconds, and the next one ends what is left of it; where the role may not do that, it can only wait.',
      what: ({ holder, since, waited }) =>
        `${holder} has been applying migrations${since === null ? '' : ` since ${since}`}; waited ${waited} s`,
      because: ({ statement, pid, endable }) =>
        `${pid === null ? 'its session is not to be seen' : `its session is pid ${pid}${statement === null ? '' : `, in: ${statement}`}`}${endable ? '' : '; its lease is over, and this role may not end that session'}; nothing was applied`,
      do: ({ pid, endable, user }) =>
        endable || pid === null
          ? `${again} --wait 600`
          : `as a superuser: SELECT pg_terminate_backend(${pid});     or once: GRANT pg_signal_backend, pg_read_all_stats TO ${user};`,
    }),
    'lock-not-granted': defineCode<
      {
        migration: string;
        waited: number;
        attempts: number;
        blockers: readonly string[];
        pids: readonly number[];
      } & Stand
    >({
      severity: 'error',
      exit: 5,
      title: 'A table stayed locked by somebody else.',
      explain:
        'DDL has to wait for whoever uses the table, and everybody else then waits behind it. So each attempt gives up after a moment, lets the traffic pass and tries again, until the wait is over. The transaction of the migration was rolled back each time.',
      what: ({ migration, waited, attempts }) =>
        `${migration}: the lock was not granted in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} over ${waited} s`,
      because: ({ blockers, ...stand }) =>
        `${blockers.length === 0 ? 'who held it was not to be seen' : `it is held by ${blockers.join('; ')}`}; ${renderStand(stand)}`,
      do: ({ pids }) =>
        pids.length === 0
          ? `${again} --wait 600`
          : `end it (${pids.map((pid) => `SELECT pg_terminate_backend(${pid});`).join(' ')}) or wait for it, then ${again}`,
    }),
    'pooler-in-front': defineCode<{ migration: string; place: string; statement: string; target: string }>({
      severity: 'error',
      exit: 3,
      title: 'A migration needs a session of its own, and a connection pooler shares them out.',
      explain:
        'The pid that the server told when the connection was made is not the pid of the backend that answers: a pooler is between. Migrations that are one transaction, and backfills, are applied through it. A statement that cannot run in a transaction (CREATE INDEX CONCURRENTLY) cannot be fenced there, and what stays behind in a session (SET without LOCAL, PREPARE, temporary tables) would be the next client’s. Nothing was applied.',
      what: ({ migration, statement, target }) =>
        `${migration} holds ${statement}, and ${target} is a connection pooler`,
      because: () =>
        `behind a pooler a session is shared: what needs one of its own could not be fenced, or would stay behind in other people’s; ${ours}`,
      do: ({ statement, place }) =>
        /^SET /.test(statement)
          ? `write ${statement.replace('SET', 'SET LOCAL')} at ${place}, or give the address of PostgreSQL itself: ${again} --url postgres://user@host:5432/database`
          : `give the address of PostgreSQL itself: ${again} --url postgres://user@host:5432/database`,
    }),
    'pooler-unfit': defineCode<{ target: string; problem: 'statement mode' | 'one connection' }>({
      severity: 'error',
      exit: 3,
      title: 'Nothing can be applied through this connection pooler.',
      explain:
        'A pooler in statement mode allows no transactions. One that gives this user a single connection to the server cannot renew the lease while a migration runs.',
      what: ({ target, problem }) =>
        problem === 'statement mode'
          ? `${target} is a connection pooler in statement mode`
          : `${target} is a connection pooler that gives no second connection`,
      because: ({ problem }) =>
        problem === 'statement mode'
          ? 'it refuses BEGIN, and a migration is applied in a transaction or not at all'
          : 'the lease is renewed on one connection while a migration runs on the other; nothing was applied',
      do: () => `give the address of PostgreSQL itself: ${again} --url postgres://user@host:5432/database`,
    }),
    'lease-lost': defineCode<{ reason: string } & Stand>({
      severity: 'error',
      exit: 6,
      title: 'This runner lost its lease in the middle.',
      explain:
        'A runner must be heard of every few seconds. This one was not (it was stopped, the network was cut, the server hung), so its own session was ended and its open transaction rolled back; another runner may go on from there.',
      what: ({ reason }) => `this runner lost its lease: ${reason}`,
      because: (stand) => `its open transaction was rolled back; ${renderStand(stand)}`,
      do: () => again,
    }),
    'migration-failed': defineCode<
      {
        migration: string;
        place: string;
        message: string;
        sqlstate: string | null;
        /** Whether the connection was lost: then it is not the file that failed. */
        cut: boolean;
      } & Stand
    >({
      severity: 'error',
      exit: 6,
      title: 'A statement of a migration failed.',
      explain:
        'PostgreSQL refused a statement, or the connection was lost before the file was committed. A file that is one transaction was rolled back together with its row of the ledger; of a file whose statements commit one by one the failing statement was not done, and the next run goes on there. Files applied before it stay applied.',
      what: ({ migration, message, sqlstate }) =>
        `${migration} failed: ${message}${sqlstate === null ? '' : ` (${sqlstate})`}`,
      because: (stand) => `${whatIsLost(stand)}; ${renderStand(stand)}`,
      do: ({ place, cut, steps }) => {
        if (cut) return `when the server answers again, ${again}; the file needs no correction for this`;
        return steps === null
          ? `correct ${place} (it was not applied, so it may be edited), then ${again}`
          : `correct ${place} (what is done may not be edited, the rest may), then ${again}, which goes on there`;
      },
    }),
    'migration-promise-broken': defineCode<{
      migration: string;
      subject: string;
      /** Null when the thing itself is missing. */
      aspect: string | null;
      expected: string | null;
      found: string | null;
      /** What turns the thing that is there into the one that was to be made. */
      sql: readonly string[];
      inSteps: boolean;
    }>({
      severity: 'error',
      exit: 6,
      title: 'A migration ran and did not make what it makes elsewhere.',
      explain:
        'The snapshot says what each file makes on an empty database. Here the file ran without an error and the catalogue shows something else: IF NOT EXISTS kept an older, different column, say. The file was rolled back, and its row of the ledger with it.',
      what: ({ migration, subject, aspect, expected, found }) =>
        aspect === null
          ? `${migration} ran, and ${subject} is not there`
          : `${migration} ran, and ${subject} has the ${aspect} ${found ?? 'none'} instead of ${expected ?? 'none'}`,
      because: ({ inSteps }) =>
        `IF NOT EXISTS, or a condition in the file, kept what was there before; ${inSteps ? 'its steps are done and stay, and it is not in the ledger' : 'the whole file was rolled back'}`,
      do: ({ migration, subject, sql }) =>
        sql.length === 0
          ? `find out why ${migration} does not make ${subject} here, then ${again}`
          : `${sql.join('\n')}\n${again}`,
    }),
    'printed-by-another-major': defineCode<{
      migration: string;
      subjects: readonly string[];
      snapshot: number;
      live: number;
    }>({
      severity: 'note',
      exit: 1,
      title: 'What a migration made is printed otherwise here, by another PostgreSQL than made the snapshot.',
      explain:
        'Defaults, checks, indexes on expressions and the queries of views are compared as PostgreSQL prints them, and each major version has its own way to print some of them. Where the snapshot was made on another major than this server, two texts that differ may mean the same: they are not taken for a difference. Everything else of the migration was verified.',
      what: ({ migration, subjects, snapshot, live }) =>
        `${migration}: ${subjects.join(', ')} ${subjects.length === 1 ? 'is' : 'are'} printed by PostgreSQL ${live} otherwise than by ${snapshot}, which made the snapshot`,
      because: () => 'two majors may print one expression in two ways, so these texts are not verified',
      do: ({ live }) =>
        `SHIPSHAPE_SCRATCH_URL=postgres://…  npx shipshape snapshot     where that is a PostgreSQL ${live}`,
    }),
    'migration-interrupted': defineCode<{ migration: string | null } & Stand>({
      severity: 'error',
      exit: 6,
      title: 'The run was interrupted.',
      explain: 'Ctrl-C, or whoever called, ended the run. The open transaction was rolled back.',
      what: ({ migration, steps }) =>
        migration === null
          ? 'interrupted before a migration began'
          : `interrupted in ${migration}${steps === null ? ', which was rolled back' : ''}`,
      because: renderStand,
      do: () => again,
    }),
  } as const;
}
