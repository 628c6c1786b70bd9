import { defineConfig } from 'vitest/config'
import browserTests from './vitest.browser.config.ts'

// `npm run test:firefox`: what another browser could do differently, once more in the Firefox of this machine.
export default defineConfig({
  test: {
    ...browserTests.test,
    include: ['test/firefox/**/*.test.ts', 'test/browser/{entering,watching,ending,players}.test.ts'],
    provide: { browser: 'firefox' },
  },
})
