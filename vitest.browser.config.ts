import { defineConfig } from 'vitest/config'

/** What pages say and do. Two run beside each other: neither measures how exactly a film plays. */
const PAGES =
  'test/browser/{admin,admin-pages,chat-moderation,conveniences,decisions,deleted-account,door,entering,home,installed-chrome,installed-page,links,long-messages,machine-language,outdated,own-name,pages,recent-ban,sentences,unpacked-chromium}.test.ts'

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
      { test: { ...inBrowser, name: 'pages', include: [PAGES], maxWorkers: 2, sequence: { groupOrder: 1 } } },
      {
        test: {
          ...inBrowser,
          name: 'films',
          include: ['test/browser/**/*.test.ts'],
          exclude: [PAGES],
          // A film in step needs the processor to itself.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
