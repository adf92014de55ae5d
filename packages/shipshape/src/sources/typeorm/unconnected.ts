// holdConnections: while models are loaded, their data sources are made and never connected.
import type { Orm } from './orm.ts';

interface Held {
  readonly initialize: unknown;
  holders: number;
}

const held = new WeakMap<object, Held>();

/**
 * Modules often end in `source.initialize()`: until the release, that gives the data source as it is. Nothing else of
 * TypeORM opens a connection without it.
 */
export function holdConnections({ DataSource }: Orm): () => void {
  const prototype = DataSource.prototype as unknown as { initialize: unknown };
  const known = held.get(prototype);
  const state = known ?? { initialize: prototype.initialize, holders: 0 };
  if (known === undefined) {
    held.set(prototype, state);
    prototype.initialize = async function initialize(this: unknown) {
      return this;
    };
  }
  state.holders += 1;
  return () => {
    state.holders -= 1;
    if (state.holders > 0) return;
    prototype.initialize = state.initialize;
    held.delete(prototype);
  };
}
