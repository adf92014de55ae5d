// Transcripts in documents: the `$` commands of ```console blocks, each with the lines that it must print.

export interface Step {
  readonly command: string;
  /** `…` stands for any text in a line; a line that is only `…` for any lines. */
  readonly expected: readonly string[];
  /** Needs psql, which only CI installs. */
  readonly psql: boolean;
  /** 1-based, in the document. */
  readonly line: number;
}

export function parseTranscript(markdown: string): readonly Step[] {
  const steps: Step[] = [];
  let block: { psql: boolean } | null = null;
  for (const [at, line] of markdown.split('\n').entries()) {
    const fence = /^```(\S*) ?(\S*)/.exec(line);
    if (fence !== null) {
      block = block === null && fence[1] === 'console' ? { psql: fence[2] === 'psql' } : null;
      continue;
    }
    if (block === null) continue;
    if (line.startsWith('$ '))
      steps.push({ command: line.slice(2), expected: [], psql: block.psql, line: at + 1 });
    else (steps.at(-1)?.expected as string[] | undefined)?.push(line);
  }
  return steps;
}

/** The first expected line that the output does not hold in its place, or null. */
export function findMissing(expected: readonly string[], output: string): string | null {
  const lines = output.split('\n');
  let at = 0;
  let anywhere = false;
  for (const wanted of expected.filter((line, index) => line !== '' || index < expected.length - 1)) {
    if (wanted === '…') {
      anywhere = true;
      continue;
    }
    const pattern = new RegExp(`^${wanted.split('…').map(escapePattern).join('.*')}\\s*$`);
    const found = anywhere
      ? lines.findIndex((line, index) => index >= at && pattern.test(line))
      : pattern.test(lines[at] ?? '')
        ? at
        : -1;
    if (found === -1) return wanted;
    at = found + 1;
    anywhere = false;
  }
  return null;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ +/g, ' +');
}
