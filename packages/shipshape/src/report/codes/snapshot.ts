// Codes of the kept truth: the snapshot beside the migrations.
import { defineCode } from '../code.ts';

export function snapshotCodes() {
  return {
    'snapshot-missing': defineCode<{ file: string; lost: string }>({
      severity: 'warning',
      exit: 1,
      title: 'There is no snapshot beside the migrations.',
      explain:
        'The snapshot keeps what the migrations build, which file made what, and what the code needs with its lines. Without it nothing is lost in safety of names, types, nullability and keys, but causes and lines cannot be told. `check` treats it as an error, so that it cannot be forgotten.',
      what: ({ file }) => `there is no snapshot at ${file}`,
      because: ({ lost }) => lost,
      do: () => 'npx shipshape snapshot     and commit the file',
    }),
    'snapshot-not-there': defineCode<{ file: string }>({
      severity: 'error',
      exit: 2,
      title: 'There is no snapshot where one was named.',
      explain: 'A command was told to compare with a snapshot, and there is no such file.',
      what: ({ file }) => `there is no snapshot ${file}`,
      because: () => 'a side that is not there cannot be compared',
      do: () => 'npx shipshape snapshot     makes one; or correct the path',
    }),
    'snapshot-stale': defineCode<{ file: string; reasons: readonly string[] }>({
      severity: 'warning',
      exit: 1,
      title: 'The snapshot was made for other migrations or other models.',
      explain:
        'The snapshot carries the checksum of every migration and the need of the models. When either has changed since, what it says about causes may be wrong. Two branches that both add migrations conflict in it on purpose: take both migrations and write it again.',
      what: ({ file, reasons }) => `the snapshot ${file} is stale: ${reasons.join('; ')}`,
      because: () => 'what it says of causes, lines and promises belongs to another state of the code',
      do: () => 'npx shipshape snapshot     and commit the file',
    }),
    'snapshot-unreadable': defineCode<{ file: string; problem: string }>({
      severity: 'error',
      exit: 2,
      title: 'The snapshot file cannot be read as a snapshot.',
      explain:
        'The file is no JSON, was cut off, holds conflict markers of git, or was written in a format that this release does not know.',
      what: ({ file, problem }) => `the snapshot ${file} cannot be read: ${problem}`,
      because: () => 'a half-read snapshot would judge by half a truth',
      do: () => 'npx shipshape snapshot     writes it anew from the migrations and the models',
    }),
  } as const;
}
