import { defineConfig } from 'vitest/config'
import { inBrowser } from './vitest.browser.config.ts'

// `npm run test:firefox`: what another browser could do differently, once more in the Firefox of this machine.
export default defineConfig({
  test: {
    ...inBrowser,
    maxWorkers: 2,
    include: ['test/firefox/**/*.test.ts', 'test/browser/{entering,watching,ending,players,pointer,keys}.test.ts'],
    // And on a machine whose language is none: see machine-language.test.ts.
    provide: { browser: 'firefox', lang: 'C.UTF-8' },
  },
})
