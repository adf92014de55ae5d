// helpAfter: what --help says below the commands and flags.
import { modelKinds, variableOf } from './model-kinds.ts';

export const helpAfter = `
Exit codes:
  0   agreed, or done
  1   disagreed: the findings say in what
  2   asked wrongly: command line or configuration
  3   refused: what was asked for would do harm, or the history was tampered with
  4   the database cannot be reached or read
  5   busy: another runner, or a lock, for longer than --wait
  6   a migration failed, or was interrupted; what was applied is said
      (of several tenants the first of 6, 3, 2, 4, 5 that one of them has)
  70  a fault of Shipshape itself
verify, check, diff, status and describe use 0, 1, 2 and 4 only.

Models: --drizzle and its like may be given several times, and several of them together: their needs become one. Models
that the command line names take the place of all that variables or the configuration name. Patterns in quotes.

Variables: DATABASE_URL, SHIPSHAPE_CONFIG, SHIPSHAPE_MIGRATIONS, SHIPSHAPE_MIGRATIONS_FORMAT, SHIPSHAPE_REPLAY,
SHIPSHAPE_REPLAY_TIMEOUT, SHIPSHAPE_APP_ROLE, SHIPSHAPE_LEDGER, SHIPSHAPE_SNAPSHOT,
${modelKinds.map(({ flag }) => variableOf(flag)).join(', ')} (separated by commas),
SHIPSHAPE_EMBEDDED, SHIPSHAPE_SCRATCH_URL, SHIPSHAPE_APPLICATION, and those of libpq (PGHOST, PGPASSWORD …).
A flag wins over a variable, a variable over shipshape.config.json.`;
