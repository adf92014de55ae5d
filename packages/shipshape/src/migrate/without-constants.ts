// withoutConstants: somebody's statement, fit to be shown.

const shown = 120;

/** Constants may be a customer's number or a password; PostgreSQL hides a whole statement behind one fixed text. */
export function withoutConstants(statement: string | null): string | null {
  if (statement === null || statement === '' || statement === '<insufficient privilege>') return null;
  const bare = statement
    .replaceAll(/'(?:[^']|'')*('|$)/g, "'…'")
    .replaceAll(/\$([a-z_]*)\$[\s\S]*?(\$\1\$|$)/gi, '$…$')
    .replaceAll(/\b\d{4,}\b/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return bare.length > shown ? `${bare.slice(0, shown)} …` : bare;
}
