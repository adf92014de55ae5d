// Codes of commits: what is not known of one, and what a server has forgotten.
import { defineCode } from '../code.ts';
import { renderStand, type Stand } from './stand.ts';

export function commitCodes() {
  return {
    'commit-unsettled': defineCode<{ unknown: readonly string[]; reason: string } & Stand>({
      severity: 'error',
      exit: 6,
      title: 'Whether a migration was committed is not known.',
      explain:
        'The connection was cut after COMMIT was sent and before it was answered. The ledger knows, and it could not be asked in time. The next run asks it.',
      what: ({ unknown, reason }) =>
        `whether ${unknown.join(', ')} ${unknown.length === 1 ? 'was' : 'were'} committed is not known: ${reason}`,
      because: ({ unknown, ...stand }) =>
        `the connection was cut before COMMIT was answered, and the ledger could not be asked; ${renderStand({
          ...stand,
          left: stand.left.filter((each) => !unknown.includes(each)),
        })}`,
      do: () => 'npx shipshape status     when the server answers again',
    }),
    'commits-forgotten': defineCode<{ migrations: readonly string[] }>({
      severity: 'warning',
      exit: 6,
      title: 'The server crashed, and has forgotten migrations that it had committed.',
      explain:
        'The commit of a file that others follow does not wait for the disk (synchronous_commit = off); the last one of a run does, and so does what gives back its lock, and with it all before it is on the disk. A server that crashes in between, within a second, has forgotten such a file as a whole: what it made, and its row of the ledger. It is pending again.',
      what: ({ migrations }) =>
        `the server had committed ${migrations.join(', ')}, crashed, and has forgotten ${migrations.length === 1 ? 'it' : 'them'}`,
      because: () =>
        'while more files follow, a commit does not wait for the disk, and these had not reached it; nothing of them is left, nor a row in the ledger',
      do: () => 'npx shipshape status     says what is applied, and what is pending again',
    }),
  } as const;
}
