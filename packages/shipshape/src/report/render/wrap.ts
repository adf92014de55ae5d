// Text in a width.

/** A terminal that has not been told its size says 0 columns; in one so narrow no sentence could be read. */
export function widthOf({ columns = 0 }: { readonly columns?: number }): number {
  return columns >= 40 ? columns : 120;
}

/** Breaks at spaces; a word that is longer than the width stays whole, so that it can be copied. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Rows of cells, each column as wide as its widest cell; no spaces at the end. */
export function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

/** `1 table`, `14 tables`, `4 unique keys`, `2 indexes`. */
export function count(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  return `${number} ${noun}${/(s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`;
}
