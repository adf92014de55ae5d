// What there is to compare about comments, owners and privileges.
import type { RuleTable } from '../kind-rule.ts';
import { inAnyOrder } from './texts.ts';

export const remarkRules: RuleTable<'comment' | 'owner' | 'privilege'> = {
  comment: { identity: 'name', aspects: [{ name: 'text', read: ({ text }) => text }] },
  owner: { identity: 'name', aspects: [{ name: 'role', read: ({ role }) => role }] },
  privilege: { identity: 'name', aspects: [{ name: 'rights', read: ({ rights }) => inAnyOrder(rights) }] },
};
