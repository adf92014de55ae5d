// Codes of history: where the ledger and the migrations disagree.
import { defineCode } from '../code.ts';

export const historyCodes = {
  'history-edited': defineCode<{ migration: string; appliedAt: string }>({
    severity: 'error',
    exit: 1,
    title: 'A migration was edited after it had been applied.',
    explain:
      'The ledger keeps the checksum of the bytes that ran. The migration that is known now has other bytes, so this database and the next one are built differently.',
    what: ({ migration, appliedAt }) => `${migration} was edited after it was applied here (${appliedAt})`,
    because: () => 'this database was built by other SQL than the next one will be',
    do: ({ migration }) => `restore ${migration} as it was, and put the change into a new migration`,
  }),
  'history-missing': defineCode<{ migration: string; appliedAt: string }>({
    severity: 'error',
    exit: 1,
    title: 'A migration that is applied here is not among the migrations.',
    explain:
      'The ledger has it, and it is older than the newest known migration: its file was removed or renamed, or it came from another branch.',
    what: ({ migration, appliedAt }) =>
      `${migration} is applied here (${appliedAt}) and is not among the migrations`,
    because: () => 'the next database will be built without it',
    do: ({ migration }) => `restore ${migration} from version control`,
  }),
  'history-skipped': defineCode<{ migration: string; after: string }>({
    severity: 'warning',
    exit: 1,
    title: 'A migration was skipped: one that comes after it is applied.',
    explain:
      'A fresh database gets the migrations in their order; this one got a later one first, as it happens when branches are merged out of order. Where the code needs what it makes, that is told as a pending migration as well.',
    what: ({ migration, after }) =>
      `${migration} is not applied here, although ${after}, which comes after it, is`,
    because: () => 'the order in which this database was built is not the order of the migrations',
    do: ({ migration }) =>
      `give ${migration} the next free number, so that it comes after what is applied: git mv ${migration}.sql …`,
  }),
  'database-ahead': defineCode<{ migrations: readonly string[] }>({
    severity: 'note',
    exit: 1,
    title: 'The database is ahead of this release.',
    explain:
      'The ledger has migrations that are newer than all that this release knows: a newer release was migrated first, as in every rolling deploy. What this release needs is judged as always.',
    what: ({ migrations }) => `the database is ahead of this release: it has ${migrations.join(', ')}`,
    because: () => 'a newer release migrated it; what this release needs is judged all the same',
    do: () => 'nothing',
  }),
} as const;
