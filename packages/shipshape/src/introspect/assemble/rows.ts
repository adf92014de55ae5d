// groupRows: the facts of a reading by family.
import type { FactRow, Family } from '../queries/family.ts';

/** The rows of one family; none where it was not asked for. */
export type Rows = <Row>(family: Family<Row>) => readonly Row[];

export function groupRows(facts: readonly FactRow[]): Rows {
  const byFamily = new Map<string, FactRow[]>();
  for (const fact of facts) {
    const known = byFamily.get(fact.family);
    if (known === undefined) byFamily.set(fact.family, [fact]);
    else known.push(fact);
  }
  const parsed = new Map<string, readonly unknown[]>();
  return <Row>({ name, parse }: Family<Row>) => {
    const known = parsed.get(name);
    if (known !== undefined) return known as readonly Row[];
    const rows = (byFamily.get(name) ?? []).map(parse);
    parsed.set(name, rows);
    return rows;
  };
}
