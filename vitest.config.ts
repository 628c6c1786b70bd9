import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The browser tests run apart from these: see vitest.browser.config.ts.
    exclude: ['test/browser/**', 'test/firefox/**'],
    globalSetup: ['test/staging/global-setup.ts'],
    pool: 'forks',
    // A process for each file would load the SDK and CDK anew: a third of the time.
    isolate: false,
    setupFiles: ['test/staging/fresh-modules.ts'],
    // Vitest would leave one of two cores to itself; most of these tests wait for sockets most of the time.
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 20_000,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_DEV: 'false', POWERTOOLS_METRICS_DISABLED: 'true' },
    coverage: {
      provider: 'v8',
      include: ['protocol/**/*.ts', 'functions/**/*.ts', 'client/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        'protocol/**': { lines: 90, branches: 90 },
        'functions/**': { lines: 90, branches: 90 },
        'client/**': { lines: 90, branches: 90 },
      },
    },
  },
})
