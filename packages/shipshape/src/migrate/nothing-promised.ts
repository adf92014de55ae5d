// nothingPromised: what is asked of migrations that nobody has promised anything of.
import type { Ask } from './run-order.ts';

export const nothingPromised: Pick<Ask, 'getReady' | 'recall' | 'promiseKept' | 'foresee'> = {
  getReady: async () => undefined,
  recall: () => null,
  promiseKept: async () => [],
  foresee: () => ({ look: null, findings: [] }),
};
