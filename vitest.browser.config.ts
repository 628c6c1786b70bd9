import { defineConfig } from 'vitest/config'

// Films need the processor to themselves: two at a time would play in jerks, and what is in step would not look so.
const films = ['activity', 'embedded', 'ending', 'hard-media', 'live', 'players', 'watching'].map(
  (name) => `test/browser/${name}.test.ts`,
)

/** What both runs share, and the run in Firefox. */
export const browserTests = {
  globalSetup: ['test/staging/global-setup.ts'],
  pool: 'forks' as const,
  // Twice more where a machine busy with something else stood still for seconds; the report says which test it was.
  retry: 2,
  testTimeout: 240_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 45_000 } },
  env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_DEV: 'false' },
}

// Apart from the other tests: there is nothing of a browser's to cover.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...browserTests,
          name: 'pages',
          include: ['test/browser/**/*.test.ts'],
          exclude: films,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { ...browserTests, name: 'films', include: films, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
