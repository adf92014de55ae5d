// majorOf: the major version of a server by what it says of itself.

/** 18 for `18.4`; null for a text that is no PostgreSQL's. */
export function majorOf(serverVersion: string): number | null {
  const [major] = /^\d+/.exec(serverVersion) ?? [];
  return major === undefined ? null : Number(major);
}
