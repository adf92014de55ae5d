// How the tests run: two at a time, each file in its own process; CI also wants a report that a script can count.
import { defineConfig } from 'vitest/config';

const results = process.env.SHIPSHAPE_TEST_RESULTS;

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});
