// takePsqlCommands: a text without what only psql understands, and what that was.

export interface PsqlCommand {
  /** `include`, without the backslash. */
  readonly name: string;
  /** The rest of its line. */
  readonly rest: string;
  /** 1-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units of the text. */
  readonly at: number;
}

export interface PlainSql {
  /** As long as what came in: everything that was taken out is spaces, and line breaks stay. */
  readonly text: string;
  readonly commands: readonly PsqlCommand[];
}

/**
 * What psql would send as it stands: quoted texts and names, comments, bodies between dollars (manual 4.1). A text that
 * never ends goes to the end, where PostgreSQL's parser finds the fault.
 */
const kept = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`[eE]'(?:[^'\\]+|\\[^]|'')*'?`,
    "'[^']*'?",
    '"[^"]*"?',
    String.raw`[\p{L}_][\p{L}\p{N}_$]*`,
    String.raw`\$\d+`,
    String.raw`[^\\;/$'"\p{L}_-]+`,
  ].join('|'),
  'uy',
);
const dollarQuote = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const command = /\\([a-z_]+|[!?])([^\n]*)/iuy;

/** A backslash outside of these begins a command of psql, up to the end of its line (manual, psql, "Meta-Commands"). */
export function takePsqlCommands(source: string): PlainSql {
  const commands: PsqlCommand[] = [];
  const pieces: string[] = [];
  let at = 0;
  let line = 1;
  let words: string[] = [];
  while (at < source.length) {
    const found = match(kept, source, at);
    if (found !== null) {
      if (/^[\p{L}_][^']*$/u.test(found[0])) words.push(found[0].toUpperCase());
      keep(at + found[0].length);
    } else if (source[at] === ';') {
      keep(at + 1);
      if (isCopyFromStdin(words)) takeRows();
      words = [];
    } else if (source.startsWith('/*', at)) keep(endOfComment(source, at));
    else if (source[at] === '$') keep(endOfDollarQuote(source, at));
    else if (source[at] === '\\') takeCommand();
    else keep(at + 1);
  }
  return { text: pieces.join(''), commands };

  function keep(end: number): void {
    push(source.slice(at, end), end);
  }

  function blank(end: number): void {
    push(source.slice(at, end).replace(/[^\n]/g, ' '), end);
  }

  function push(piece: string, end: number): void {
    pieces.push(piece);
    line += piece.split('\n').length - 1;
    at = end;
  }

  function takeCommand(): void {
    const [whole = '\\', name = '\\', rest = ''] = match(command, source, at) ?? [];
    const copies = /^copy$/i.test(name) && /\bfrom\s+stdin\b/i.test(rest);
    // `\;` and `\\` only part what stands beside them.
    if (whole.length > 1 || !/^[;\\]/.test(source.slice(at + 1)))
      commands.push({ name, rest: rest.trim(), line, at });
    blank(at + (whole.length > 1 ? whole.length : source[at + 1] === '\\' ? 2 : 1));
    if (copies) takeRows();
  }

  /** From the next line to the one that is `\.`. */
  function takeRows(): void {
    const end = /\n\\\.[ \t\r]*(?=\n|$)/g;
    end.lastIndex = at;
    const last = end.exec(source);
    blank(last === null ? source.length : last.index + last[0].length);
  }
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** By the bare words of the statement. */
function isCopyFromStdin([first, ...words]: readonly string[]): boolean {
  return first === 'COPY' && words.some((word, index) => word === 'FROM' && words[index + 1] === 'STDIN');
}

/** Comments nest (manual 4.1.5). */
function endOfComment(source: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(source); found !== null; found = edge.exec(source)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return source.length;
}

function endOfDollarQuote(source: string, start: number): number {
  const open = match(dollarQuote, source, start);
  if (open === null) return start + 1;
  const end = source.indexOf(open[0], start + open[0].length);
  return end === -1 ? source.length : end + open[0].length;
}
