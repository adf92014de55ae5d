// naturalOrder: numbers in names count as numbers, so that 2_b comes before 10_a.

/** For sort(). Names without a difference in numbers come in the order of their characters. */
export function naturalOrder(a: string, b: string): number {
  const [one, other] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [left, right] = [one[index] ?? '', other[index] ?? ''];
    if (left === right) continue;
    // Odd places are runs of digits.
    if (index % 2 === 1 && BigInt(left) !== BigInt(right)) return BigInt(left) < BigInt(right) ? -1 : 1;
    if (index % 2 === 0) return left < right ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
