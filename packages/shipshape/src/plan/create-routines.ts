// createRoutines: functions and procedures, also where their bodies call each other.
import { addressOf, quoteQualified, type Routine } from '../catalog/index.ts';
import type { Block } from './block.ts';
import { mentionedNames } from './mentioned-names.ts';

/**
 * A body of SQL (`BEGIN ATOMIC`) is bound to what it calls when it is made. Where two call each other, or one calls another
 * of its own name, which of them comes first cannot be told by names: they are all there with an empty body before they get
 * their own. A body that rests on a key (GROUP BY, ON CONFLICT) comes after it.
 */
export function createRoutines(routines: readonly Routine[]): readonly Block[] {
  const mentions = new Map(routines.map((each) => [each, namesIn(each.definition)]));
  const isEntangled = (one: Routine): boolean =>
    one.form !== 'aggregate' &&
    routines.some(
      (other) =>
        other !== one &&
        mentions.get(other)?.has(nameOf(one)) === true &&
        (nameOf(other) === nameOf(one) || mentions.get(one)?.has(nameOf(other)) === true),
    );
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
