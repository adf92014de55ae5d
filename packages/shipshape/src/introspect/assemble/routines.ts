// Rows of routines, triggers and policies to their nouns.
import type { Policy, Routine, Trigger } from '../../catalog/index.ts';
import type { PolicyRow, RoutineRow, TriggerRow } from '../queries/routines.ts';
import type { Names } from './names.ts';

const forms = { f: 'function', p: 'procedure', w: 'window function', a: 'aggregate' } as const;
const commands = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' } as const;
const firings = { O: 'origin', R: 'replica', A: 'always', D: 'never' } as const;

export function assembleRoutine(row: RoutineRow): Routine {
  return {
    kind: 'routine',
    schema: row.schema,
    name: row.name,
    arguments: row.arguments,
    form: forms[row.kind],
    returns: row.returns,
    definition: row.definition.trim(),
  };
}

export function assembleTrigger(row: TriggerRow, names: Names): Trigger {
  const { schema, name: table } = names.table(row.table);
  return {
    kind: 'trigger',
    schema,
    table,
    name: row.name,
    definition: row.definition,
    enabled: firings[row.enabled],
  };
}

export function assemblePolicy(row: PolicyRow, names: Names): Policy {
  const { schema, name: table } = names.table(row.table);
  return {
    kind: 'policy',
    schema,
    table,
    name: row.name,
    command: commands[row.command],
    permissive: row.permissive,
    roles: [...row.roles].sort(),
    using: row.using,
    withCheck: row.withCheck,
  };
}
