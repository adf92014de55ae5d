// refuseBackfill: what a backfill's statement has to be, told before anything runs.
import type { Node } from 'libpg-query';
import type { Statement } from '../../postgres/statement.ts';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Migration } from '../migration.ts';
import { displayPlace, placeOf } from '../place.ts';

const kinds = ['UpdateStmt', 'InsertStmt', 'DeleteStmt', 'MergeStmt'];

export function refuseBackfill(migration: Migration, statements: readonly Statement[]): readonly Finding[] {
  const problem = problemOf(statements);
  return problem === null ? [] : [makeUnfit(migration, problem, statements[0]?.line ?? null)];
}

export interface Problem {
  readonly problem: string;
  readonly way: string;
}

export function makeUnfit(migration: Migration, { problem, way }: Problem, line: number | null): Finding {
  const data = { migration: migration.id, place: displayPlace(migration, line), problem, way };
  return makeFinding('backfill-unfit', data, placeOf(migration, line));
}

function problemOf(statements: readonly Statement[]): Problem | null {
  const [statement, ...others] = statements;
  const problem = (text: string) => ({ problem: text, way: 'statement' });
  if (statement === undefined || others.length > 0)
    return problem(`a backfill is one statement, and this file holds ${statements.length}`);
  if (!kinds.includes(Object.keys(statement.node)[0] ?? ''))
    return problem('it is no UPDATE, INSERT, DELETE or MERGE, which say how many rows they changed');
  const numbers = parametersOf(statement.node);
  for (const number of [1, 2])
    if (!numbers.has(number))
      return problem(`it does not ask for $${number}, the ${number === 1 ? 'first' : 'last'} key of a batch`);
  const more = [...numbers].find((number) => number > 2);
  return more === undefined ? null : problem(`it asks for $${more}, and there are two parameters`);
}

/** The numbers of `$1` and its like, wherever they stand in the tree. */
function parametersOf(node: Node): ReadonlySet<number> {
  const numbers = new Set<number>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'ParamRef') numbers.add((part as { readonly number?: number }).number ?? 0);
      visit(part);
    }
  };
  visit(node);
  return numbers;
}
