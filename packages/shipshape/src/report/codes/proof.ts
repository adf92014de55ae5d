// Codes of the proofs that run on a scratch server.
import { defineCode } from '../code.ts';

export const proofCodes = {
  'migration-does-not-apply': defineCode<{
    file: string;
    line: number | null;
    sqlstate: string;
    message: string;
  }>({
    severity: 'error',
    exit: 1,
    title: 'A migration fails on the schema that the migrations before it build.',
    explain:
      'The migrations are replayed in order on an empty PostgreSQL. The first one that fails is named and nothing behind it is judged: fifty lines about missing tables would only hide the one that matters.',
    what: ({ file, line, sqlstate, message }) =>
      `${file}${line === null ? '' : `:${line}`} does not apply after the migrations before it: ${message} (${sqlstate})`,
    because: () => 'an empty database could not be built from this folder, and no later migration was judged',
    do: ({ file }) => `mend ${file}, then npx shipshape check`,
  }),
  'scratch-missing': defineCode<{ problem: string }>({
    severity: 'error',
    exit: 2,
    title: 'There is no PostgreSQL to replay the migrations on.',
    explain:
      'Proofs run on a throwaway PostgreSQL, never on yours. It comes from the package shipshape-embedded, or from a server that you name.',
    what: ({ problem }) => `there is no scratch PostgreSQL: ${problem}`,
    because: () => 'migrations are judged by running them on a real server, never by reading their text',
    do: () =>
      'npm install --save-dev shipshape-embedded     or set SHIPSHAPE_SCRATCH_URL to a server where databases may be made',
  }),
} as const;
