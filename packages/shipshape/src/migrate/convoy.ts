// Convoy: files that were sent behind one another, before the first of them was answered.
import type { MigrationId } from '../catalog/index.ts';
import type { Behind } from './behind.ts';
import type { Migration } from './migration.ts';
import type { Prepared } from './prepared.ts';
import type { Scene } from './scene.ts';
import { foresee, sendApart, sendWhole } from './send-migration.ts';
import type { SentMigration, SentWhole } from './sent-migration.ts';

export interface Convoy {
  /** What was sent of this file; null where nothing was. */
  take(migration: Migration): SentMigration | null;
  /** Of this file. */
  behind(id: MigrationId): Behind;
  /**
   * Sends the first of them. Null where it cannot be sent with its COMMIT, or need not: that of the last one can wait, and be
   * stopped until then.
   */
  lead(prepared: Prepared): SentWhole | null;
  /** What follows and has its COMMIT on its way, in order; forgets it. */
  leave(): readonly Following<SentWhole>[];
}

export interface Following<Sent = SentMigration> {
  readonly prepared: Prepared;
  readonly sent: Sent;
}

/** So many keep the server busy while the client reads. Where one fails, the server says of each that it passes it over. */
const mostFiles = 8;
/** Of SQL: what is long is not kept twice. */
const mostCharacters = 1_000_000;

/** `todo`: in order. */
export function makeConvoy(scene: Scene, todo: readonly Prepared[]): Convoy {
  const places = new Map(todo.map(({ migration }, at) => [migration.id, at]));
  let following: Following[] = [];
  const isFull = () =>
    following.length >= mostFiles ||
    following.reduce((total, { prepared }) => total + prepared.migration.sql.length, 0) > mostCharacters;
  const nextOf = (id: MigrationId) => todo[(places.get(id) ?? todo.length) + 1];
  const isLast = ({ migration }: Prepared) => nextOf(migration.id) === undefined;

  function sendAsWhole(prepared: Prepared, after: MigrationId | null): SentWhole | null {
    const next = nextOf(prepared.migration.id);
    if (next === undefined) return null;
    const foreseen = foresee(scene, prepared);
    if (foreseen === null) return null;
    // What is sent apart may last, and what came before it is told meanwhile.
    const settles = isLast(next) || foresee(scene, next) === null;
    return sendWhole(scene, prepared, { foreseen, after, settles });
  }

  function follow(id: MigrationId): void {
    if (following.at(-1)?.sent.kind === 'apart') return;
    let last: MigrationId | null = following.at(-1)?.prepared.migration.id ?? id;
    while (last !== null && !isFull() && scene.order.signal?.aborted !== true) {
      const prepared = nextOf(last);
      if (prepared === undefined) return;
      const whole: SentWhole | null = sendAsWhole(prepared, last);
      const sent = whole ?? sendApart(scene, prepared, last);
      if (sent === null) return;
      following.push({ prepared, sent });
      last = whole === null ? null : prepared.migration.id;
    }
  }

  async function halt(): Promise<void> {
    const refused = following;
    following = [];
    // What they would have cleared and prepared they have not.
    if (refused.length > 0) scene.runner.prepared.what = 'unknown';
    for (const { sent } of refused) {
      await sent.flight.fault();
      if (sent.kind === 'whole') await sent.ended.catch(() => undefined);
    }
  }

  return {
    lead: (prepared) => sendAsWhole(prepared, null),
    take: ({ id }) => (following[0]?.prepared.migration.id === id ? (following.shift()?.sent ?? null) : null),
    behind: (id) => ({
      follow: () => follow(id),
      sent: () => following.filter(isWhole).map(({ prepared }) => prepared.migration.id),
      halt,
    }),
    leave() {
      const left = following;
      following = [];
      return left.filter(isWhole);
    },
  };
}

const isWhole = (each: Following): each is Following<SentWhole> => each.sent.kind === 'whole';
