// renderTrigger: the statements that create a trigger and say when it fires.
import { quoteIdentifier, type Trigger } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

export function renderTrigger(trigger: Trigger, naming: Naming): readonly string[] {
  return [trigger.definition, ...(trigger.enabled === 'origin' ? [] : [renderTriggerState(trigger, naming)])];
}

const states = {
  origin: 'ENABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
  never: 'DISABLE',
} as const;

export function renderTriggerState({ schema, table, name, enabled }: Trigger, naming: Naming): string {
  return `ALTER TABLE ${renderName(schema, table, naming)} ${states[enabled]} TRIGGER ${quoteIdentifier(name)}`;
}
