import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { setUp } from '../staging/set-up.ts'
import { type Person, type Stage, startStage } from '../staging/stage.ts'
import { launchChromium } from './chromium.ts'
import { launchFirefox } from './firefox.ts'

const launchers = { chromium: launchChromium, firefox: launchFirefox }
type BrowserName = keyof typeof launchers
type WindowOptions = BrowserContextOptions & {
  browser?: BrowserName
  /** Whether who is signed in is a guest, as all are but those whom a test says. */
  isGuest?: boolean
  /** What this window may complain about, where that is what a test is about. */
  mayComplain?: RegExp
}

type HouseOptions = {
  /** Browsers are told the language as a machine with that setting tells it, and in no other way. */
  lang?: string
}

/** Somebody with a browser of their own. */
type Guest = { page: Page; context: BrowserContext; person: Person | undefined }

export type House = {
  stage: Stage
  url: string
  /** A browser window; with a name, of somebody who is signed in. */
  arrive: (name?: string | Person, options?: WindowOptions) => Promise<Guest>
  /** Somebody who opens the room's link as a member already. */
  enter: (code: string, name: string | Person, options?: WindowOptions) => Promise<Guest>
  sample: string
  /** Closes every window: films that nobody looks at any more take the processor from the next test. */
  clear: () => Promise<void>
  close: () => Promise<void>
}

/** What a page must never say; a lost network and a refused call speak for themselves. */
const isNoise = (text: string): boolean =>
  /Failed to load resource|WebSocket connection|net::ERR|can’t establish a connection|was interrupted while|CORS policy|Cross-Origin Request Blocked/.test(
    text,
  )

const openHouse = async ({ lang = inject('lang') }: HouseOptions): Promise<House> => {
  const usual = inject('browser') ?? 'chromium'
  const browsers = new Map<BrowserName, Promise<Browser>>()
  const browserOf = (name: BrowserName): Promise<Browser> => {
    const browser = browsers.get(name) ?? launchers[name](lang === undefined ? {} : { LANG: lang })
    browsers.set(name, browser)
    return browser
  }
  const [stage] = await Promise.all([startStage(), browserOf(usual)])
  const complaints: string[] = []
  const { url } = stage.runtime

  const house: House = {
    stage,
    url,
    sample: `${url}/sample.mp4`,
    clear: async () => {
      const open = await Promise.all([...browsers.values()].map(async (browser) => (await browser).contexts()))
      await Promise.all(open.flat().map((context) => context.close()))
    },
    arrive: async (name, { browser = usual, mayComplain, isGuest = true, ...options } = {}) => {
      const context = await (await browserOf(browser)).newContext({
        ...(lang === undefined && { locale: 'en-GB' }),
        reducedMotion: 'reduce',
        ...options,
      })
      const person = typeof name === 'string' ? await stage.guest(name) : name
      if (person !== undefined) {
        const kept = JSON.stringify({ token: person.token, id: person.id, name: person.name, isGuest })
        // Once: a later sign-out in the page must last over a reload.
        await context.addInitScript((account) => {
          // The empty page that a window begins with has no storage.
          if (self.origin === 'null' || sessionStorage.getItem('arrived') !== null) return
          sessionStorage.setItem('arrived', 'yes')
          localStorage.setItem('streamit.account', account)
        }, kept)
      }
      const page = await context.newPage()
      page.setDefaultTimeout(45_000)
      const complain = (text: string): void => {
        if (!isNoise(text) && mayComplain?.test(text) !== true) complaints.push(text)
      }
      // Firefox tells a lost connection as an error of the page.
      page.on('pageerror', (error) => complain(`${error}`))
      page.on('console', (message) => {
        if (message.type() === 'error') complain(message.text())
      })
      return { page, context, person }
    },
    enter: async (code, name, options) => {
      const person = typeof name === 'string' ? await stage.member(code, name) : name
      const guest = await house.arrive(person, options)
      await guest.page.goto(`${url}/r/${code}`)
      await isInside(guest.page)
      return guest
    },
    close: async () => {
      await Promise.all([...browsers.values()].map(async (browser) => (await browser).close()))
      await stage.close()
      expect(complaints, 'what the pages complained about').toEqual([])
    },
  }
  return house
}

/**
 * The whole of StreamIt and a real browser to look at it with: the one that the run is about, where a window asks for no
 * other. It is there for all tests of the file, and each test finds it without windows.
 */
export const setUpHouse = (options: HouseOptions = {}): House => {
  const house = setUp(() => openHouse(options))
  afterEach(() => house.clear())
  afterAll(() => house.close?.())
  return house
}

/** The room is there and connected. */
export const isInside = async (page: Page): Promise<void> => {
  await page.locator('.sync-badge:not([data-status=connecting]):not([data-status=reconnecting])').waitFor()
}

type Moment = { position: number; paused: boolean; seeking: boolean; ready: number }

/** Where this person's picture is, in seconds. */
const pictureOf = (page: Page): Promise<Moment> =>
  page.evaluate(() => {
    const video = document.querySelector('video')
    if (video === null) throw new Error('There is no video in the page.')
    return { position: video.currentTime, paused: video.paused, seeking: video.seeking, ready: video.readyState }
  })

/** Until their pictures stand on the same moment. */
export const areOnOnePicture = async (...pages: Page[]): Promise<void> => {
  await expect
    .poll(async () => {
      const moments = await Promise.all(pages.map(pictureOf))
      const positions = moments.map(({ position }) => position)
      const isStill = moments.every(({ paused, seeking }) => paused && !seeking)
      return isStill && Math.max(...positions) - Math.min(...positions) < 0.05
    })
    .toBe(true)
}

/** Until their pictures run, within what nobody notices of where the room is. */
export const areInStep = async (...pages: Page[]): Promise<void> => {
  await Promise.all(pages.map((page) => page.locator('.sync-badge[data-status=inStep]').waitFor()))
}

export const isPaused = async (page: Page, near?: number): Promise<void> => {
  await expect
    .poll(async () => {
      const { paused, seeking, position } = await pictureOf(page)
      return paused && !seeking && (near === undefined || Math.abs(position - near) < 0.1)
    })
    .toBe(true)
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

export const say = async (page: Page, message: string): Promise<void> => {
  await page.getByLabel(en.chat.placeholder, { exact: true }).fill(message)
  await page.keyboard.press('Enter')
}

export const hears = (page: Page, message: string): Promise<void> =>
  page.locator('.message-text', { hasText: message }).last().waitFor()

/** A screen reader was told. */
export const isTold = (page: Page, text: string): Promise<void> =>
  page.locator('[data-announcer]', { hasText: text }).waitFor({ state: 'attached' })

export const openPeople = (page: Page) => page.getByRole('tab', { name: new RegExp(en.panel.people) }).click()
