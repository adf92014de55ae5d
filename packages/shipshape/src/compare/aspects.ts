// The table of aspects: what there is to compare about each kind of thing, and by what it is recognised.
import type { CatalogObject } from '../catalog/index.ts';
import type { Aspect, KindRule, RuleTable } from './kind-rule.ts';
import { constraintRules } from './rules/constraints.ts';
import { indexRules } from './rules/indexes.ts';
import { relationRules } from './rules/relations.ts';
import { remarkRules } from './rules/remarks.ts';
import { routineRules } from './rules/routines.ts';
import { typeRules } from './rules/user-types.ts';

const rules: RuleTable<CatalogObject['kind']> = {
  ...relationRules,
  ...constraintRules,
  ...indexRules,
  ...typeRules,
  ...routineRules,
  ...remarkRules,
};

/** The rule of an object's kind; the object must be of that kind. */
export function ruleOf(kind: CatalogObject['kind']): KindRule {
  return rules[kind] as unknown as KindRule;
}

export function aspectsOf(kind: CatalogObject['kind']): readonly Aspect[] {
  return ruleOf(kind).aspects;
}

/** The thing as the plainest source would tell it: a unique index that a UNIQUE constraint could be is told as one. */
export function plainest(object: CatalogObject): CatalogObject {
  return ruleOf(object.kind).plainest?.(object) ?? object;
}
