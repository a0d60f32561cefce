import { defineConfig } from 'vitest/config';

const outside = ['**/node_modules/**', '**/dist/**', '.runtime/**', '.data/**', 'infra/bench/peers/**'];

/** The four kinds of tests, told apart by the ending of the file's name; `groupOrder` runs them one kind after the other. */
export default defineConfig({
  // graphql has its code twice, for import and for require, and Vite would take the other one than Node does: types of one are strangers to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    passWithNoTests: false,
    // A machine with two cores runs databases and a broker beside the tests.
    maxWorkers: 2,
    // Waiting costs nothing where it is not needed, and a busy machine is no failure.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx,mjs}'], exclude: outside, testTimeout: 5_000, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['**/*.contract.ts'],
          exclude: outside,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.it.ts'],
          exclude: outside,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      // Whole systems: one file at a time keeps their timing true.
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['infra/e2e/**/*.e2e.ts'],
          exclude: outside,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
