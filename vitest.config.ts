import { defineConfig } from 'vitest/config';
import { SkipReporter } from './test/skip-reporter.ts';

const { LEXLINE_TEST_RESULTS: resultFile } = process.env;

export default defineConfig({
  // As Node itself does: graphql is there as CommonJS and as a module, and must not be loaded as both.
  resolve: { alias: [{ find: /^graphql$/u, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/one-temporary-directory.ts'],
    // For a test that hangs. None is expected to come near, on any machine: what a test waits for, it waits for itself.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    maxWorkers: 2,
    reporters: [
      'default',
      new SkipReporter(),
      // For CI, which adds the runs up: see scripts/test-totals.ts.
      ...(resultFile === undefined ? [] : ['json' as const]),
    ],
    ...(resultFile === undefined ? {} : { outputFile: { json: resultFile } }),
  },
});
