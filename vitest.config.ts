// How the tests run: two at a time, each file in its own process; CI also wants a report that a script can count.
import { tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';

const results = process.env.SHIPSHAPE_TEST_RESULTS;

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // Modules that a test writes are the users': Node loads them, as it would for them, and vitest does not.
    server: { deps: { external: [new RegExp(`${tmpdir()}/.*\\.m?js$`)] } },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});
