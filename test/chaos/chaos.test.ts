// A short run of the chaos of `npm run chaos`, of a fixed seed.
import { expect, test } from 'vitest';
import { hasPgbouncer } from '../../packages/shipshape/test/migrate/pgbouncer.ts';
import { drawRounds } from './draw-rounds.ts';
import { play } from './play.ts';

test('the rounds of a seed are always the same, and of every kind', () => {
  const rounds = drawRounds(1, 200);
  expect(drawRounds(1, 200)).toEqual(rounds);
  const kinds = new Set(rounds.map(({ kind, transport }) => `${kind}, ${transport}`));
  expect([...kinds].sort()).toEqual([
    'backfill, direct',
    'backfill, pooled',
    'concurrent index, direct',
    'transactions, direct',
    'transactions, pooled',
  ]);
});

test('whoever is struck, everything is applied exactly once and nothing is left', {
  timeout: 180_000,
}, async () => {
  const { faults, struck, struckOpen, outcomes } = await play(
    57,
    3,
    ({ transport }) => hasPgbouncer || transport === 'direct',
    () => undefined,
  );
  expect(faults).toEqual([]);
  // One of each kind; those behind a pooler only where there is one.
  expect(outcomes.length).toBe(hasPgbouncer ? 3 : 1);
  expect(struckOpen * 3).toBeGreaterThanOrEqual(struck);
});
