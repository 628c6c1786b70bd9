import { defineConfig } from 'vitest/config'

// Apart from the tests: it writes a folder that is written once.
export default defineConfig({
  test: {
    include: ['test/compat/record.ts'],
    globalSetup: ['test/staging/global-setup.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_DEV: 'false', POWERTOOLS_METRICS_DISABLED: 'true' },
  },
})
