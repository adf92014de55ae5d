// createRoutines: functions and procedures, also where their bodies call each other.
import { addressOf, quoteQualified, type Routine } from '../catalog/index.ts';
import type { Block } from './block.ts';
import { mentionedNames } from './mentioned-names.ts';

/**
 * A body of SQL (`BEGIN ATOMIC`) is bound to what it calls when it is made. Where some call each other, or one calls itself or another
 * of its own name, which of them comes first cannot be told by names: they are all there with an empty body before they get
 * their own. A body that rests on a key (GROUP BY, ON CONFLICT) comes after it.
 */
export function createRoutines(routines: readonly Routine[]): readonly Block[] {
  const calls = new Map<string, Set<string>>();
  for (const each of routines.filter(isBound)) {
    const known = calls.get(nameOf(each)) ?? new Set();
    for (const name of namesIn(each.definition)) known.add(name);
    calls.set(nameOf(each), known);
  }
  const reaches = (from: string, wanted: string, seen: Set<string>): boolean =>
    [...(calls.get(from) ?? [])].some((next) => {
      if (next === wanted) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, wanted, seen);
    });
  const isEntangled = (one: Routine): boolean => isBound(one) && reaches(nameOf(one), nameOf(one), new Set());
  return routines.flatMap((routine): readonly Block[] => {
    const makes = [[routine.schema, routine.name] as const];
    const address = addressOf(routine);
    const whole = { address, statements: [routine.definition], afterKeys: 'mentioned' } as const;
    const head = headOf(routine.definition);
    if (head === null || !isEntangled(routine)) return [{ ...whole, makes }];
    const empty = `${head}\n LANGUAGE plpgsql\nAS 'BEGIN END'`;
    return [
      { address, statements: [empty], makes },
      { ...whole, makes: [] },
    ];
  });
}

/** Name, arguments and result, as `pg_get_functiondef` prints them; null for what it does not print. */
function headOf(definition: string): string | null {
  const end = definition.indexOf('\n LANGUAGE ');
  return end === -1 ? null : definition.slice(0, end);
}

/** Its body is SQL itself, not a string. */
function isBound({ definition }: Routine): boolean {
  return /\n(?:BEGIN ATOMIC\n|RETURN )/.test(definition);
}

/** Its own name is in its head; another one of that name is called in its body. */
function namesIn(definition: string): ReadonlySet<string> {
  const head = headOf(definition) ?? '';
  const inHead = mentionedNames(head.slice(head.indexOf('(')));
  return new Set(
    [...inHead, ...mentionedNames(definition.slice(head.length))].map((name) => quoteQualified(...name)),
  );
}

function nameOf({ schema, name }: Routine): string {
  return quoteQualified(schema, name);
}
