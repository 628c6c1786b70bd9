import { defineConfig } from 'vitest/config'

// Apart from the other tests: a browser needs the processor to itself, and there is nothing of it to cover.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/staging/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    // Twice more where a machine busy with something else stood still for seconds; the report says which test it was.
    retry: 2,
    testTimeout: 240_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 45_000 } },
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_DEV: 'false', POWERTOOLS_METRICS_DISABLED: 'true' },
  },
})
