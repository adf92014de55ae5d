// nameDistance: how far apart two names are, for "did you mean".

/**
 * 0 when they differ only in case and underscores (`recordingMode`, `recording_mode`), a small number when they differ
 * by a slip of the pen, null when they are two different names.
 */
export function nameDistance(a: string, b: string): number | null {
  const [left, right] = [plain(a), plain(b)];
  const allowed = Math.min(2, Math.floor(Math.min(left.length, right.length) / 4));
  if (Math.abs(left.length - right.length) > allowed) return null;
  const distance = editDistance(left, right);
  return distance <= allowed ? distance : null;
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let at = 1; at <= b.length; at++) {
      const changed = (above[at - 1] as number) + (a[row - 1] === b[at - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[at] as number) + 1, (current[at - 1] as number) + 1));
    }
    above = current;
  }
  return above[b.length] as number;
}

/** The single nearest of them, or null: without one, and when two are equally near. */
export function nearestName<Thing>(
  name: string,
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
): Thing | null {
  let best: Thing | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const thing of things) {
    const distance = nameDistance(name, nameOf(thing));
    if (distance === null || distance > bestDistance) continue;
    best = distance === bestDistance ? null : thing;
    bestDistance = distance;
  }
  return best;
}
