// nothingPromised: what is asked of migrations that nobody has promised anything of.
import type { Ask } from './run-order.ts';

export const nothingPromised: Pick<Ask, 'recall' | 'promiseKept' | 'foresee'> = {
  recall: () => null,
  promiseKept: async () => [],
  foresee: () => ({ look: null, findings: [] }),
};
