// The progress line: rewritten in place on a terminal, a plain line now and then elsewhere.

/** Where nobody can rewrite a line: a log that is read later. */
const plainEveryMs = 5000;

export interface ProgressLine {
  show(line: string): void;
  /** Before anything else is written. */
  clear(): void;
}

export function makeProgressLine(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
): ProgressLine {
  let shown = false;
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    show(line) {
      if (stream.isTTY) {
        // A line that wraps could not be taken back.
        stream.write(`\r\u001b[K${line.slice(0, (stream.columns || 80) - 1)}`);
        shown = true;
      } else if (performance.now() - saidAt >= plainEveryMs) {
        saidAt = performance.now();
        stream.write(`${line}\n`);
      }
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
