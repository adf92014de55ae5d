// Behind: what is sent behind a transaction, before that was answered.
import type { MigrationId } from '../catalog/index.ts';

export interface Behind {
  /** Called when COMMIT is on its way. */
  follow(): void;
  /** What was sent with its own COMMIT. */
  sent(): readonly MigrationId[];
  /** Called when the transaction is not committed: resolves when all that was sent behind it, and was refused, has been answered. */
  halt(): Promise<void>;
}

export const nothingBehind: Behind = {
  follow: () => undefined,
  sent: () => [],
  halt: async () => undefined,
};
