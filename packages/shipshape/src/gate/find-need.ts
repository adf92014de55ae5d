// findNeed: what the code needs, from its models, from the snapshot of its release, or from both.
import { relative } from 'node:path';
import type { Declaration } from '../catalog/index.ts';
import { makeNeed } from '../need/make-need.ts';
import type { Need } from '../need/need.ts';
import { makeFinding, type NotCompared, ShipshapeError } from '../report/index.ts';
import type { SnapshotReading } from '../snapshot/read-snapshot.ts';
import { joinSnapshot } from './join-snapshot.ts';

export interface FoundNeed {
  /** With lines and printed defaults, as far as anything says them; put together when it is asked for. */
  readonly need: Need;
  /** As the models alone say it; null without models. */
  readonly fresh: Need | null;
  readonly notCompared: readonly NotCompared[];
}

const defaultsNotCompared: NotCompared = {
  what: 'values of defaults',
  because: 'only a server can say how it prints them',
};

/**
 * An image without sources has the need that the snapshot kept. Throws ShipshapeError `need-unknown` where there is
 * neither.
 */
export function findNeed(declaration: Declaration | null, snapshot: SnapshotReading | null): FoundNeed {
  const kept = snapshot?.kind === 'found' ? snapshot.snapshot : null;
  if (declaration === null) {
    if (kept === null) throw explainUnknown(snapshot);
    return {
      get need() {
        return kept.need;
      },
      fresh: null,
      notCompared: [
        { what: 'models', because: 'none were named: the need is the one that the snapshot kept' },
      ],
    };
  }
  const fresh = makeNeed(declaration);
  if (kept === null) {
    const unknown = declaration.printed === undefined && snapshot === null;
    return { need: fresh, fresh, notCompared: unknown ? [defaultsNotCompared] : [] };
  }
  let joined: Need | null = null;
  return {
    get need() {
      joined ??= joinSnapshot(fresh, kept.need);
      return joined;
    },
    fresh,
    notCompared: [],
  };
}

function explainUnknown(snapshot: SnapshotReading | null): ShipshapeError {
  const file = snapshot === null ? null : relative(process.cwd(), snapshot.file) || snapshot.file;
  return new ShipshapeError([makeFinding('need-unknown', { file })]);
}
