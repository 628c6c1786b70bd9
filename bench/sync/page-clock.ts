import type { Page } from 'playwright-core'

export type PageClock = {
  /** Asks the page for its time a few times more. */
  compare: () => Promise<void>
  /** What to add to the page's performance.now() to have this process's; the truth lies within the uncertainty. */
  read: () => { offsetMs: number; uncertaintyMs: number }
}

const QUESTIONS = 40

/**
 * The page reads its clock after the question left and before the answer came: each question bounds the offset from both
 * sides. Both clocks are the machine's monotonic one with another origin, so that all bounds hold for the whole run.
 */
export const createPageClock = (page: Page): PageClock => {
  let atLeast = Number.NEGATIVE_INFINITY
  let atMost = Number.POSITIVE_INFINITY
  return {
    compare: async () => {
      for (let question = 0; question < QUESTIONS; question += 1) {
        const asked = performance.now()
        const there = await page.evaluate(() => performance.now())
        const answered = performance.now()
        atLeast = Math.max(atLeast, asked - there)
        atMost = Math.min(atMost, answered - there)
      }
    },
    read: () => {
      // A page's clock is rounded to a tenth of a millisecond.
      if (atLeast > atMost + 0.2) throw new Error('The clock of a page and that of this process drift apart.')
      return { offsetMs: (atLeast + atMost) / 2, uncertaintyMs: Math.max(0, atMost - atLeast) / 2 }
    },
  }
}
