import { defineConfig } from 'vitest/config';

// Two projects: what needs only the sources, and what needs one production build served by the real server.
// `npm test` runs them one after the other; `npx vitest --project unit` alone is the quick loop.
export default defineConfig({
  test: {
    // The build machine has two cores, and PostgreSQL or a browser takes one of them.
    maxWorkers: 2,
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'tests/{domain,components,sealing,content,architecture,functions,database,scripts}/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: ['tests/{site,e2e}/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/support/server.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
