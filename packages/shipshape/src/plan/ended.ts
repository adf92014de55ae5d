// ended: statements as they are pasted.

export function ended(statements: readonly string[]): readonly string[] {
  return statements.map((statement) => `${statement.trimEnd()};`);
}
