// changeRoutine, changeTrigger, changePolicy: the statements that give one of them one aspect.
import { type Policy, quoteIdentifier, type Routine, type Trigger } from '../catalog/index.ts';
import { renderName, renderRole, renderTrigger, renderTriggerState } from '../ddl/index.ts';
import { ended } from './ended.ts';
import { remake } from './remake.ts';
import type { Pair, Sides } from './sides.ts';

export function changeRoutine(pair: Pair<Routine>, aspect: string, sides: Sides): readonly string[] {
  const { wanted } = pair;
  if (aspect !== 'definition')
    return remake(pair, sides, `no routine takes another ${aspect === 'form' ? 'form' : 'result'}`);
  return ended([wanted.definition.replace(/^CREATE AGGREGATE/, 'CREATE OR REPLACE AGGREGATE')]);
}

export function changeTrigger(pair: Pair<Trigger>, aspect: string, sides: Sides): readonly string[] {
  const { wanted, present } = pair;
  if (aspect === 'enabled') return ended([renderTriggerState(wanted, sides.naming)]);
  const isConstraint = [wanted, present].some(({ definition }) => /^CREATE CONSTRAINT/.test(definition));
  if (isConstraint) return remake(pair, sides, 'a constraint trigger cannot be replaced');
  const definition = wanted.definition.replace(/^CREATE TRIGGER/, 'CREATE OR REPLACE TRIGGER');
  return ended(renderTrigger({ ...wanted, definition }, sides.naming));
}

export function changePolicy(pair: Pair<Policy>, aspect: string, sides: Sides): readonly string[] {
  const { wanted } = pair;
  const { schema, table, name, roles, using, withCheck } = wanted;
  const alter = (what: string) => [
    `ALTER POLICY ${quoteIdentifier(name)} ON ${renderName(schema, table, sides.naming)} ${what};`,
  ];
  if (aspect === 'roles') return alter(`TO ${roles.map(renderRole).join(', ')}`);
  if (aspect === 'using' && using !== null) return alter(`USING (${using})`);
  if (aspect === 'with check' && withCheck !== null) return alter(`WITH CHECK (${withCheck})`);
  return remake(pair, sides, 'ALTER POLICY cannot say this (run it in one transaction)');
}
