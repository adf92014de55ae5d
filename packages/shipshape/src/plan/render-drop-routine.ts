// renderDropRoutine: the statement that drops a routine; refuses where others rest on it.
import type { Routine } from '../catalog/index.ts';
import { type Naming, renderName } from '../ddl/index.ts';

/** An aggregate that takes nothing is named with a star, and only its own word knows ORDER BY (manual, DROP AGGREGATE). */
export function renderDropRoutine(routine: Routine, naming: Naming, ifExists = false): string {
  const isAggregate = routine.form === 'aggregate';
  const taken = isAggregate && routine.arguments === '' ? '*' : routine.arguments;
  const name = renderName(routine.schema, routine.name, naming);
  return `DROP ${isAggregate ? 'AGGREGATE' : 'ROUTINE'} ${ifExists ? 'IF EXISTS ' : ''}${name}(${taken});`;
}
