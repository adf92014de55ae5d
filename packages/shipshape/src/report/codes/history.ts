// Codes of history: where the ledger and the migrations disagree.
import { defineCode } from '../code.ts';

export function historyCodes() {
  return {
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
    'migration-failed-before': defineCode<{ migration: string; table: string; act: string }>({
      severity: 'error',
      exit: 3,
      title: 'Another tool began a migration, failed in it, and left it so.',
      explain:
        'Prisma writes its row before it runs a file, and ends it afterwards. A row without an end means that the file failed, or that its runner was killed; `prisma migrate deploy` then refuses everything (P3009). Where the file can have left nothing behind (it is a single statement, or what its first statement makes is not there) `migrate` marks the row rolled back, as `prisma migrate resolve --rolled-back` does, and applies the file again. Otherwise statements of it may be done, and only you can say whether they are undone. Nothing was applied.',
      what: ({ migration, table }) => `${migration} failed in an earlier attempt, says ${table}`,
      because: () => 'some of its statements may be done, and running it again would meet them',
      do: ({ act }) => act,
    }),
    'failed-attempt-cleared': defineCode<{ migration: string; table: string; why: string }>({
      severity: 'note',
      exit: 1,
      title: 'A failed attempt of another tool left nothing, and the migration is applied again.',
      explain:
        'The row of the failed attempt is marked rolled back, as `prisma migrate resolve --rolled-back` does, in the same transaction as the new attempt: should that fail too, the row is as it was.',
      what: ({ migration, table }) =>
        `${migration} failed in an earlier attempt, whose row in ${table} is marked rolled back when the file is applied now`,
      because: ({ why }) => `nothing is left of that attempt: ${why}`,
      do: () => 'nothing',
    }),
    'migration-passed-over': defineCode<{ migration: string; tool: string; act: string }>({
      severity: 'error',
      exit: 3,
      title: 'Another tool has passed a migration over, and will never apply it.',
      explain:
        'Drizzle 0.x applies what is later in its journal than the newest row of its table. A migration that was merged late, with an earlier time, is passed over in silence by every database that has a later one. It is not applied here either unless you say so: it would run on a schema that it was not written for.',
      what: ({ migration, tool }) => `${tool} has passed over ${migration}, and will not apply it here`,
      because: () =>
        'its time in the journal is below that of the newest row, and only later ones are applied',
      do: ({ act }) => act,
    }),
    'migration-taken-by-tool': defineCode<{
      migration: string;
      tool: string;
      table: string;
      did: 'applied' | 'failed in' | 'undid';
    }>({
      severity: 'error',
      exit: 5,
      title: "The tool's own runner was at work at the same moment.",
      explain:
        "Between reading the tool's table and the migration's transaction the tool itself applied or undid the migration, or failed in it. Nothing of ours was written.",
      what: ({ migration, tool, did }) => `${tool} itself ${did} ${migration} at the same moment`,
      because: ({ table, did }) =>
        `${table} had ${did === 'undid' ? 'a' : 'no'} row of it when this run began`,
      do: ({ did }) => (did === 'undid' ? 'npx shipshape status' : 'npx shipshape migrate'),
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
}
