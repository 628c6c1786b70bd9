import type { Browser, BrowserContext, Page } from 'playwright-core'
import { KEPT_AS, type KeptAccount } from '../../web/account/kept-account.ts'
import type { Member } from '../running/backend.ts'
import { type Recording, record, setWrongClock } from './in-page.ts'
import { createPageClock } from './page-clock.ts'

/** What a viewer did and showed, on the clock of this process. `leftAt`: when it was asked. */
export type Trace = Recording & { name: string; leftAt: number; uncertaintyMs: number }

export type Viewer = {
  page: Page
  /** When the page saw the last click, on the clock of this process. */
  lastClick: () => Promise<number>
  /** Asks the page for all that it has noted. */
  trace: () => Promise<Trace>
  leave: () => Promise<void>
}

const PATIENCE_MS = 30_000

const signIn = (context: BrowserContext, { id, name, token }: Member): Promise<unknown> => {
  const account: KeptAccount = { token, id, name, isGuest: true }
  return context.addInitScript(([key, value]) => localStorage.setItem(key, value), [
    KEPT_AS,
    JSON.stringify(account),
  ] as const)
}

/** Opens the room in a page of its own, as a browser does for the first time. Resolves once the video is there. */
export const enterRoom = async (
  browser: Browser,
  options: { url: string; code: string; member: Member; clockErrorMs: number; complain: (text: string) => void },
): Promise<Viewer> => {
  const { url, code, member, clockErrorMs, complain } = options
  const context = await browser.newContext({ locale: 'en-GB' })
  await context.addInitScript(setWrongClock, clockErrorMs)
  await context.addInitScript(record)
  await signIn(context, member)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  page.on('pageerror', (error) => complain(`${member.name}: ${error}`))
  await page.goto(`${url}/r/${code}`)
  await page.locator('.sync-badge:not([data-status=connecting])').waitFor()
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3)
  const belief = await page.evaluate(() => [Date.now(), performance.timeOrigin + performance.now()])
  if (belief.some((now) => Math.abs(now - Date.now() - clockErrorMs) > 500))
    throw new Error(`The clock of ${member.name}'s page is not wrong by ${clockErrorMs} ms.`)
  const clock = createPageClock(page)
  await clock.compare()
  return {
    page,
    lastClick: async () => {
      const at = await page.evaluate(() => window.recording.clicks.at(-1))
      if (at === undefined) throw new Error('The page has not seen a click.')
      return at + clock.read().offsetMs
    },
    trace: async () => {
      await clock.compare()
      const { offsetMs, uncertaintyMs } = clock.read()
      const recording = await page.evaluate(() => window.recording)
      const here = (at: number) => at + offsetMs
      return {
        name: member.name,
        leftAt: performance.now(),
        uncertaintyMs,
        opened: here(recording.opened),
        frames: recording.frames.map(([shownAt, ...rest]) => [here(shownAt), ...rest]),
        told: recording.told.map(([at, position]) => [here(at), position]),
        rates: recording.rates.map(([at, rate]) => [here(at), rate]),
        seeks: recording.seeks.map(here),
        stalls: recording.stalls.map(here),
        clicks: recording.clicks.map(here),
      }
    },
    leave: () => context.close(),
  }
}
