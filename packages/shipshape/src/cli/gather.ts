// gather: what is printed in many small lines, put to its stream in few pieces.
import { fstatSync } from 'node:fs';

/** No reader minds, and a run of a thousand migrations writes three lines for each of them. */
const withinMs = 20;

/**
 * To be called before each writing; `all` writes what is gathered. A terminal is written at once, and so are two streams that
 * end in one place, where their order is to be seen.
 */
export function makeGatherer(streams: readonly (NodeJS.WriteStream & { readonly fd: number })[]): {
  readonly gather: (stream: NodeJS.WriteStream) => void;
  readonly all: () => void;
} {
  const apart = new Set(streams.map(placeOf)).size === streams.length;
  const gathered = new Map<NodeJS.WriteStream, NodeJS.Timeout>();
  const all = () => {
    for (const [stream, timer] of gathered) {
      clearTimeout(timer);
      stream.uncork();
    }
    gathered.clear();
  };
  // Whoever ends the process.
  process.once('exit', all);
  return {
    gather(stream) {
      if (!apart || stream.isTTY || gathered.has(stream)) return;
      stream.cork();
      gathered.set(stream, setTimeout(all, withinMs));
    },
    all,
  };
}

function placeOf({ fd }: { readonly fd: number }): string {
  // In numbers of any size: of a pipe that was looked at otherwise, Node 20 takes what it looks up next for one, and does not
  // follow links (`realpathSync` reads the numbers of the last look), so that what pnpm has linked is not found.
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return `${dev}:${ino}`;
}
