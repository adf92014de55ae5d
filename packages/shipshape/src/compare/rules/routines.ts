// What there is to compare about routines, triggers and policies.
import type { RuleTable } from '../kind-rule.ts';
import { always, inAnyOrder } from './texts.ts';

export const routineRules: RuleTable<'routine' | 'trigger' | 'policy'> = {
  routine: {
    identity: 'name',
    aspects: [
      { name: 'form', read: ({ form }) => form },
      { name: 'returns', read: ({ returns }) => returns, after: 'form' },
      {
        name: 'definition',
        read: ({ definition }) => definition,
        after: 'returns',
        // A body that is no string is printed, as pg_get_functiondef sets it.
        printed: ({ definition }) => /^(BEGIN ATOMIC| ?RETURN )/m.test(definition),
      },
    ],
  },
  trigger: {
    identity: 'name',
    aspects: [
      {
        name: 'definition',
        read: ({ definition }) => definition,
        printed: ({ definition }) => definition.includes(' WHEN ('),
      },
      { name: 'enabled', read: ({ enabled }) => enabled },
    ],
  },
  policy: {
    identity: 'name',
    aspects: [
      { name: 'command', read: ({ command }) => command },
      { name: 'permissive', read: ({ permissive }) => (permissive ? 'permissive' : 'restrictive') },
      { name: 'roles', read: ({ roles }) => inAnyOrder(roles) },
      { name: 'using', read: ({ using }) => using, printed: always },
      { name: 'with check', read: ({ withCheck }) => withCheck, printed: always },
    ],
  },
};
