import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { type Person, type Stage, startStage } from '../staging/stage.ts'
import { launchChromium } from './chromium.ts'

/** Somebody with a browser of their own. */
type Guest = { page: Page; context: BrowserContext; person: Person | undefined }

export type House = {
  stage: Stage
  url: string
  /** A browser window; with a name, of somebody who is signed in. */
  arrive: (name?: string | Person, options?: BrowserContextOptions) => Promise<Guest>
  /** Somebody who opens the room's link as a member already. */
  enter: (code: string, name: string | Person, options?: BrowserContextOptions) => Promise<Guest>
  sample: string
  close: () => Promise<void>
}

/** What a page must never say; a lost network and a refused call speak for themselves. */
const isNoise = (text: string): boolean =>
  /Failed to load resource|WebSocket connection|net::ERR|CORS policy/.test(text)

/** The whole of StreamIt and a real browser to look at it with. */
export const openHouse = async (): Promise<House> => {
  const [stage, browser]: [Stage, Browser] = await Promise.all([startStage(), launchChromium()])
  const complaints: string[] = []
  const { url } = stage.runtime

  const house: House = {
    stage,
    url,
    sample: `${url}/sample.mp4`,
    arrive: async (name, options = {}) => {
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
      const person = typeof name === 'string' ? await stage.guest(name) : name
      if (person !== undefined) {
        const kept = JSON.stringify({ token: person.token, id: person.id, name: person.name, isGuest: true })
        // Once: a later sign-out in the page must last over a reload.
        await context.addInitScript((account) => {
          if (sessionStorage.getItem('arrived') !== null) return
          sessionStorage.setItem('arrived', 'yes')
          localStorage.setItem('streamit.account', account)
        }, kept)
      }
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      page.on('pageerror', (error) => complaints.push(`${error}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && !isNoise(message.text())) complaints.push(message.text())
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
      await browser.close()
      await stage.close()
      expect(complaints, 'what the pages complained about').toEqual([])
    },
  }
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
