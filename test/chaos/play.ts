// play: the rounds of a seed, one after the other, on one server.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScratchServer } from 'shipshape-embedded';
import { drawRounds } from './draw-rounds.ts';
import { playRound } from './play-round.ts';
import type { Outcome, Round } from './round.ts';

/** A crash may lose nothing that was committed: a scratch server is otherwise fast and forgetful. */
const durable = { max_connections: '200', fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

export interface Played {
  readonly outcomes: readonly Outcome[];
  readonly struck: number;
  readonly struckOpen: number;
  readonly faults: readonly string[];
}

export async function play(
  seed: number,
  count: number,
  wanted: (round: Round, number: number) => boolean,
  say: (outcome: Outcome, number: number) => void,
): Promise<Played> {
  const server = await startScratchServer({ settings: durable });
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-chaos-'));
  const folderOf = (files: Readonly<Record<string, string>>) => {
    const path = mkdtempSync(join(folder, 'migrations-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    return path;
  };
  const outcomes: Outcome[] = [];
  try {
    for (const [at, round] of drawRounds(seed, count).entries()) {
      if (!wanted(round, at + 1)) continue;
      const outcome = await playRound(round, server, folderOf);
      outcomes.push(outcome);
      say(outcome, at + 1);
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  return {
    outcomes,
    struck: sum((each) => each.struck),
    struckOpen: sum((each) => each.struckOpen),
    faults: outcomes.flatMap(({ faults, round }) =>
      faults.map((fault) => `${round.kind}, ${round.transport}, ${round.disturbance}: ${fault}`),
    ),
  };
}
