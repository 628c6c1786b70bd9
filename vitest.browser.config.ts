import { defineConfig } from 'vitest/config'

/** Of every run in a browser. Apart from the other tests: there is nothing of it to cover. */
export const inBrowser = {
  globalSetup: ['test/staging/global-setup.ts'],
  pool: 'forks' as const,
  // Most of these tests wait for a picture or a clock most of the time: three take two cores.
  maxWorkers: 3,
  // Twice more where a machine busy with something else stood still for seconds; the report says which test it was.
  retry: 2,
  testTimeout: 240_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 45_000 } },
  env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_DEV: 'false', POWERTOOLS_METRICS_DISABLED: 'true' },
}

export default defineConfig({ test: { ...inBrowser, include: ['test/browser/**/*.test.ts'] } })
