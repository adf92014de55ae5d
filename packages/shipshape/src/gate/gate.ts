// gate: may this process start? Judges the database before `listen`, in the main thread, and refuses.
import type { Source } from '../catalog/index.ts';
import { connect } from '../postgres/connect.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import { exitOf, type Severities } from '../report/index.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { judgeDatabase } from './judge-database.ts';
import type { Judgement } from './judgement.ts';
import { GateRefusal } from './refusal.ts';

export interface GateOptions {
  /** Who asks, for the message: `calls may not start`. */
  readonly application: string;
  /** The models. Without them the need is the one that the snapshot kept. */
  readonly source?: Source;
  /** A connection string as libpq understands it; what it leaves out comes from PG… variables. */
  readonly connection: string;
  /** The file `shipshape.snapshot.json` of this release. */
  readonly snapshotFile: string;
  /** `enforce` refuses; `warn` is for who has decided to start on a database that disagrees. */
  readonly mode?: 'enforce' | 'warn';
  /** What the tool that applies the migrations calls its ledger, where that is not its usual name. */
  readonly ledger?: string;
  /** How grave findings are, by address; as in `shipshape.config.json`, which is not read here. */
  readonly severities?: Severities;
}

/**
 * Resolves with what was judged when the process may start. Throws GateRefusal when the database lacks anything the
 * code needs (mode `enforce`), and ShipshapeError when it cannot be reached or the need cannot be known (no models and
 * no snapshot, models that cannot be read), in either mode: what was never looked at is never agreed.
 */
export async function gate(options: GateOptions): Promise<Judgement> {
  const [declaration, snapshot] = await Promise.all([
    options.source?.declare({ origins: false, extent: 'needed' }) ?? null,
    readSnapshot(options.snapshotFile),
  ]);
  const target = parseTarget(options.connection, process.env);
  const started = performance.now();
  const session = await connect(target, { applicationName: 'shipshape:gate' });
  try {
    const { severities } = options;
    const judged = await judgeDatabase({
      session,
      declaration,
      snapshot,
      snapshotExpected: true,
      ledgerTable: options.ledger,
      severities,
    });
    const judgement = { ...judged, target: target.display, milliseconds: performance.now() - started };
    if (exitOf(judgement.findings) !== 0 && options.mode !== 'warn')
      throw new GateRefusal(options.application, judgement);
    return judgement;
  } finally {
    await session.close();
  }
}
