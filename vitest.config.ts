import { defineConfig } from 'vitest/config';

const outside = ['**/node_modules/**', '**/dist/**', '.runtime/**', '.data/**', 'infra/bench/peers/**'];

/**
 * The four kinds of tests, told apart by the ending of the file's name. `groupOrder` runs the unit tests first, which keep the processors busy; the others wait for
 * much of their time, and do so side by side: contract, e2e, integration (vitest goes by the alphabet), so that the short ones come last and fill what the long ones leave.
 */
export default defineConfig({
  // graphql has its code twice, for import and for require, and Vite would take the other one than Node does: types of one are strangers to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    passWithNoTests: false,
    // As many as a small machine has cores: more would leave the systems under test too little of it.
    maxWorkers: 2,
    // Waiting costs nothing where it is not needed, and a busy machine is no failure; the same goes for the limits of tests below.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx,mjs}'], exclude: outside, testTimeout: 15_000, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['**/*.contract.ts'],
          exclude: outside,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.it.ts'],
          exclude: outside,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      // Whole systems, with databases, a virtual host, ports and a data folder of their own.
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['infra/e2e/**/*.e2e.ts'],
          exclude: outside,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'infra/e2e/faults/bundled-parts.ts',
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
