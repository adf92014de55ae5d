// Codes of the team's own command that applies the migrations, run on a scratch server.
import { defineCode } from '../code.ts';
import { renderStand, type Stand } from './stand.ts';

export function replayCodes() {
  return {
    'replay-failed': defineCode<{ command: string; how: string; output: readonly string[] }>({
      severity: 'error',
      exit: 1,
      title: "The team's own command to apply the migrations failed.",
      explain:
        'The command of `--replay` was run with DATABASE_URL and the PG* variables of an empty throwaway database, and ended with another code than 0. The last lines that it printed are shown.',
      what: ({ command, how }) => `"${command}" ${how} on an empty database`,
      because: ({ output }) =>
        output.length === 0
          ? 'it printed nothing; without it nothing is known of what the migrations build'
          : `it said: ${output.join(' | ')}`,
      do: ({ command }) => `make it run on an empty database: DATABASE_URL=postgres://… ${command}`,
    }),
    'replay-hung': defineCode<{
      command: string;
      seconds: number;
      /** What its sessions on the server were doing, one line each. */
      sessions: readonly string[];
      output: readonly string[];
    }>({
      severity: 'error',
      exit: 1,
      title: "The team's own command to apply the migrations did not end in time.",
      explain:
        'The command of `--replay` was ended after its limit (120 seconds, `replayTimeout` in the configuration). A migration that takes a second connection while a transaction of the first holds a lock waits for itself; so does a tool that asks a question, though its input is closed. What its sessions on the throwaway server were doing is said.',
      what: ({ command, seconds }) => `"${command}" did not end within ${seconds} s and was stopped`,
      because: ({ sessions, output }) =>
        [
          sessions.length === 0 ? 'it had no session on the server' : `on the server: ${sessions.join('; ')}`,
          ...(output.length === 0 ? [] : [`it said: ${output.join(' | ')}`]),
        ].join('; '),
      do: () =>
        'let the second connection wait for no lock of the first (run both in one transaction), or raise the limit: --replay-timeout <seconds>',
    }),
    'replay-built-nothing': defineCode<{
      command: string;
      /** The table or schema of its own ledger, which it made there. */
      ledger: string | null;
    }>({
      severity: 'error',
      exit: 1,
      title: "The team's own command to apply the migrations built nothing in the throwaway database.",
      explain:
        'The command of `--replay` ended well, and the throwaway database is as empty as before. Either it takes the address of the database from somewhere else, and that other database may have been migrated; or it did come here and found no migration to run.',
      what: ({ command, ledger }) =>
        ledger === null
          ? `"${command}" ended well, and the database it was given is still empty`
          : `"${command}" ended well, and made nothing but what it keeps its ledger in (${ledger})`,
      because: ({ ledger }) =>
        ledger === null
          ? 'it takes the address from somewhere else than DATABASE_URL and PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, and may have migrated another database'
          : 'it found no migration to run',
      do: ({ ledger }) =>
        ledger === null
          ? 'let the command take the address from DATABASE_URL (a .env file often wins over it)'
          : 'let the command find the migrations: it is run in the folder of the configuration, or in the current one',
    }),
    'command-failed': defineCode<{ command: string; how: string; output: readonly string[] } & Stand>({
      severity: 'error',
      exit: 6,
      title: "The team's own command to apply the migrations failed.",
      explain:
        "`migrate` ran the command of `--replay` under its lock, with DATABASE_URL, the PG* variables and a lock_timeout (PGOPTIONS). It ended with another code than 0. What the tool's own table says is applied stays applied. A lock that did not come in time (55P03) is tried again until `--wait` is over.",
      what: ({ command, how }) => `"${command}" ${how}`,
      because: ({ output, ...stand }) =>
        `${output.length === 0 ? 'it printed nothing' : `it said: ${output.join(' | ')}`}; ${renderStand(stand)}`,
      do: () => 'correct what it says, then npx shipshape migrate',
    }),
    'command-hung': defineCode<
      {
        command: string;
        seconds: number;
        /** Who waited for whom on the server, one line each. */
        sessions: readonly string[];
        output: readonly string[];
      } & Stand
    >({
      severity: 'error',
      exit: 6,
      title: "The team's own command to apply the migrations did not end in time.",
      explain:
        '`migrate` ran the command of `--replay` under its lock and ended it after its limit (an hour, `replayTimeout` in the configuration). Sessions of the database that waited for each other at that moment are said. What it had not committed was rolled back by the server.',
      what: ({ command, seconds }) => `"${command}" did not end within ${seconds} s and was stopped`,
      because: ({ sessions, output, ...stand }) =>
        [
          sessions.length === 0 ? 'nobody waited for a lock' : `on the server: ${sessions.join('; ')}`,
          ...(output.length === 0 ? [] : [`it said: ${output.join(' | ')}`]),
          renderStand(stand),
        ].join('; '),
      do: () =>
        'npx shipshape status     says what is applied; raise the limit with --replay-timeout <seconds>',
    }),
    'command-left-pending': defineCode<{ command: string; output: readonly string[] } & Stand>({
      severity: 'error',
      exit: 6,
      title: "The team's own command ended well, and migrations are pending still.",
      explain:
        "The command of `--replay` ended with 0, and the tool's own table does not have all of the folder: it was run on another database (it does not take DATABASE_URL), on another folder, or it has passed files over.",
      what: ({ command, left }) => `"${command}" ended well and did not apply ${left.join(', ')}`,
      because: ({ output, ...stand }) =>
        `its tool's table in this database does not have them; ${output.length === 0 ? 'it printed nothing' : `it said: ${output.join(' | ')}`}; ${renderStand(stand)}`,
      do: () => 'let the command take its database from DATABASE_URL, and its files from this folder',
    }),
  } as const;
}
