import { defineConfig } from 'vitest/config'

/** How exactly a film plays: it needs the processor to itself. All others run two beside each other. */
const FILMS = 'test/browser/{ending,goodbyes,hard-media,live,players,theatre,watching}.test.ts'

/** Of every run in a browser. Apart from the other tests: there is nothing of it to cover. */
export const inBrowser = {
  globalSetup: ['test/staging/global-setup.ts'],
  pool: 'forks' as const,
  // Twice more where a machine busy with something else stood still for seconds; the report says which test it was.
  retry: 2,
  testTimeout: 240_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 45_000 } },
  env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_DEV: 'false', POWERTOOLS_METRICS_DISABLED: 'true' },
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...inBrowser,
          name: 'pages',
          include: ['test/browser/**/*.test.ts'],
          exclude: [FILMS],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...inBrowser,
          name: 'films',
          include: [FILMS],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
