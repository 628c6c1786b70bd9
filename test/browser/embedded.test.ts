import { setTimeout as wait } from 'node:timers/promises'
import type { Page, Route } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { type EmbeddedVideo, playServices } from './embeds.ts'
import { areInStep, type House, isInside, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

// What players in frames of others do by themselves. YouTube is played by a page of our own: see embeds.ts.

const house = setUpHouse()

const media = { url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', title: null, duration: null }
const room = (duration: number | null = null) => house.stage.room({ media: { ...media, duration } })

const come = async (code: string, name: Parameters<House['arrive']>[0], video: EmbeddedVideo = {}): Promise<Page> => {
  // What an embed refuses stands in the console as well.
  const { page, context } = await house.arrive(name, video.refuses ? { mayComplain: /data: 1(01|50)/ } : {})
  await playServices(context, video)
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  return page
}

const told = (page: Page) =>
  page.locator('.media').evaluate((element) => {
    const { currentTime, paused } = element as HTMLVideoElement
    return { currentTime, paused }
  })

describe.each([
  ['as it says', {}],
  ['0.8 s before it says', { tells: 8.8 }],
  ['2.5 s before it says', { tells: 10.5 }],
])('an embed that ends %s', (_title, more) => {
  test('is not started again, and goes back with the room', async () => {
    const { code, host } = await room()
    const ana = await come(code, host, { endsAt: 8, ...more })
    const bo = await come(code, await house.stage.member(code, 'Bo'), { endsAt: 8, ...more })
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await ana.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
    await wait(3_000)
    for (const page of [ana, bo]) {
      expect(await told(page)).toEqual({ currentTime: 8, paused: true })
      expect(await page.locator('.tap-to-join').count()).toBe(0)
    }
    await press(ana, en.controls.play)
    await expect.poll(async () => (await told(bo)).currentTime).toBeLessThan(5)
    await areInStep(ana, bo)
  })
})

test('a broadcast plays at its edge and is not sought', async () => {
  const { code, host } = await room()
  const ana = await come(code, host, { isLive: true })
  const bo = await come(code, await house.stage.member(code, 'Bo'), { isLive: true })
  await Promise.all([ana, bo].map((page) => page.locator('.live-badge').waitFor()))
  await press(ana, en.controls.play)
  await Promise.all([ana, bo].map((page) => page.locator('.sync-badge[data-status=live]').waitFor()))
  const before = (await told(bo)).currentTime
  await wait(3_000)
  expect((await told(bo)).currentTime).toBeGreaterThan(before + 2)
  await press(ana, en.controls.pause)
  await expect.poll(async () => (await told(bo)).paused).toBe(true)
})

const skipAd = (page: Page) => page.frameLocator('.media iframe').getByRole('button', { name: 'Skip' }).click()

/** Goes through the page by keyboard until the embed has it, and answers what it asks. */
const skipByKeyboard = async (page: Page) => {
  const isInEmbed = () => page.evaluate(() => document.activeElement?.matches('.media') === true)
  for (let presses = 0; presses < 60 && !(await isInEmbed()); presses += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
}

test.each([-1, 1] as const)(
  'an embed that shows an advertisement (state %i) can be clicked, and is shielded again afterwards',
  async (says) => {
    const { code, host } = await room()
    const ana = await come(code, host)
    await press(ana, en.controls.play)
    await areInStep(ana)
    const bo = await come(code, await house.stage.member(code, 'Bo'), { ad: { at: 0, says } })
    await bo.getByText(en.stage.hindrances.disobeys).waitFor({ timeout: 14_000 })
    await bo.locator('.shield[data-open=true]').waitFor({ state: 'attached' })
    await skipAd(bo)
    await areInStep(ana, bo)
    await bo.locator('.shield[data-open=false]').waitFor({ state: 'attached' })
    await bo.getByText(en.stage.hindrances.disobeys).waitFor({ state: 'detached' })
    await ana.keyboard.press('ArrowRight')
    await areInStep(ana, bo)
  },
)

test.each([
  ['the mouse', skipAd],
  ['the keyboard', skipByKeyboard],
])('an embed of Vimeo that shows an advertisement can be answered with %s', async (_title, skip) => {
  const url = 'https://vimeo.com/76979871'
  const { code, host } = await house.stage.room({ media: { ...media, url } })
  const ana = await come(code, host)
  await press(ana, en.controls.play)
  await areInStep(ana)
  const bo = await come(code, await house.stage.member(code, 'Bo'), { ad: { at: 0, says: 1 } })
  await bo.getByText(en.stage.hindrances.disobeys).waitFor({ timeout: 14_000 })
  await skip(bo)
  await areInStep(ana, bo)
  await bo.locator('.shield[data-open=false]').waitFor({ state: 'attached' })
  expect(await bo.locator('.media').getAttribute('tabindex')).toBe('-1')
})

test.each([
  ['as long as the room knows', 600],
  ['of whatever length', null],
])(
  "an advertisement in the middle of the host's film, %s, does not pause the room or shorten the film",
  async (_title, seconds) => {
    const { code, host } = await room(seconds)
    const ana = await come(code, host, { ad: { at: 3, says: -1 } })
    const bo = await come(code, await house.stage.member(code, 'Bo'))
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await ana.getByText(en.stage.hindrances.disobeys).waitFor({ timeout: 14_000 })
    expect(await ana.locator('.tap-to-join').count()).toBe(0)
    expect((await told(bo)).paused).toBe(false)
    for (const page of [ana, bo]) expect(await page.locator('.time', { hasText: '/ 0:15' }).count()).toBe(0)
    await skipAd(ana)
    await areInStep(ana, bo)
    await Promise.all([ana, bo].map((page) => page.locator('.time', { hasText: '/ 10:00' }).waitFor()))
  },
)

test("a room paused under an advertisement at the beginning of the host's film does not take its length", async () => {
  const { code, host } = await room()
  const ana = await come(code, host, { ad: { at: 0, says: -1 } })
  const bo = await come(code, await house.stage.member(code, 'Bo'))
  await press(ana, en.controls.play)
  await ana.frameLocator('.media iframe').getByRole('button', { name: 'Skip' }).waitFor()
  await wait(2_000)
  await press(ana, en.controls.pause)
  // Longer than a length has to stand before it is told.
  for (let seconds = 0; seconds < 10; seconds += 1) {
    await wait(1_000)
    expect(await bo.locator('.time', { hasText: '/ 0:15' }).count()).toBe(0)
  }
  await press(ana, en.controls.play)
  await skipAd(ana)
  await areInStep(ana, bo)
  await Promise.all([ana, bo].map((page) => page.locator('.time', { hasText: '/ 10:00' }).waitFor()))
})

test('an embed that needs five seconds to seek is in step all the same', async () => {
  const { code, host } = await room()
  const ana = await come(code, host)
  await press(ana, en.controls.play)
  await wait(3_000)
  const bo = await come(code, await house.stage.member(code, 'Bo'), { seekMs: 5_000 })
  await areInStep(ana, bo)
  expect(await bo.getByText(en.stage.hindrances.disobeys).count()).toBe(0)
})

test('a video that its owner lets nobody embed says at once that it cannot be played here', async () => {
  for (const refuses of [101, 150] as const) {
    const { code, host } = await room()
    const page = await come(code, host, { refuses })
    await page.getByText(en.stage.failed).waitFor({ timeout: 10_000 })
    await page.getByRole('button', { name: en.tryAgain }).waitFor()
    await house.clear()
  }
})

test('captions are not asked for by the address of the embed', async () => {
  const { code, host } = await room()
  const ana = await come(code, host)
  const address = await ana.locator('youtube-video iframe').getAttribute('src')
  expect(address).toContain('enablejsapi=1')
  expect(address).not.toContain('cc_load_policy')
})

test("a pause inside of the embed is the room's where it is the host's, and asks a viewer for a tap", async () => {
  const { code, host } = await room()
  const ana = await come(code, host)
  const bo = await come(code, await house.stage.member(code, 'Bo'))
  const pauseInside = (page: Page) =>
    page
      .frameLocator('youtube-video iframe')
      .locator('body')
      .evaluate(() => {
        dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ event: 'command', func: 'pauseVideo' }) }))
      })
  await press(ana, en.controls.play)
  await areInStep(ana, bo)
  await pauseInside(bo)
  await bo.getByText(en.stage.tapToJoinNotes.stopped).waitFor()
  await bo.locator('.tap-to-join').click()
  await areInStep(ana, bo)
  await pauseInside(ana)
  await expect.poll(async () => (await told(bo)).paused).toBe(true)
  await ana.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
})

/** How light the stage is on the whole: 0 is black, 1 is white. */
const lightness = async (page: Page): Promise<number> => {
  const picture = (await page.locator('.picture').screenshot()).toString('base64')
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')
    if (canvas === null) throw new Error('There is nothing to draw on.')
    canvas.drawImage(image, 0, 0)
    // The last of every four says how opaque the pixel is.
    const colours = canvas.getImageData(0, 0, image.width, image.height).data.filter((_, index) => index % 4 !== 3)
    return colours.reduce((sum, colour) => sum + colour, 0) / colours.length / 255
  }, picture)
}

/** A room in the dark whose video's frame is answered so. */
const comeToFrame = async (answer: (route: Route) => Promise<void>): Promise<Page> => {
  const { code, host } = await room()
  const { page, context } = await house.arrive(host, { colorScheme: 'dark' })
  await playServices(context)
  await context.route('https://www.youtube.com/embed/**', answer)
  await page.goto(`${house.url}/r/${code}`)
  await page.locator('youtube-video').waitFor()
  await wait(1_000)
  return page
}

test('an embed whose frame does not come leaves the stage dark, so that what is written there can be read', async () => {
  const page = await comeToFrame((route) => route.abort())
  expect(await lightness(page), 'while it loads').toBeLessThan(0.3)
  await page.getByText(en.stage.mute).waitFor()
  await press(page, en.tryAgain)
  await page.getByText(en.stage.failed).waitFor()
  expect(await lightness(page), 'once it is given up').toBeLessThan(0.3)
})

test('an embed that is a page of somebody else is left to be seen, until it was tried again', async () => {
  const blocked = '<!doctype html><body style="background: white">This site is blocked.'
  const page = await comeToFrame((route) => route.fulfill({ contentType: 'text/html', body: blocked }))
  expect(await lightness(page), 'while it loads').toBeGreaterThan(0.7)
  await page.getByText(en.stage.mute).waitFor()
  await looksRight(page, 'room-mute-embed')
  await wait(12_000)
  expect(await page.getByText(en.stage.failed).count()).toBe(0)
  await press(page, en.tryAgain)
  await page.getByText(en.stage.failed).waitFor()
  expect(await lightness(page), 'once it is given up').toBeLessThan(0.3)
})

test('an embed that asks for a consent first plays once it has it', async () => {
  const asks =
    '<!doctype html><button style="position:absolute;inset:0" onclick="location.search += \'&agreed\'">Accept</button>'
  const page = await comeToFrame((route) =>
    route.request().url().includes('agreed')
      ? route.fallback()
      : route.fulfill({ contentType: 'text/html', body: asks }),
  )
  await page.getByText(en.stage.mute).waitFor()
  await page.frameLocator('.media iframe').getByRole('button', { name: 'Accept' }).click()
  await page.getByText(en.stage.mute).waitFor({ state: 'detached' })
  await press(page, en.controls.play)
  await areInStep(page)
  expect(await page.locator('.shield').getAttribute('data-open')).toBe('false')
})

test.each([
  ['script', 'https://www.youtube.com/iframe_api'],
  ["script's second half", 'https://www.youtube.com/s/player/**'],
])(
  'an embed whose %s is blocked says so at once, readably in the dark too, and tries again',
  async (_title, script) => {
    const { code, host } = await room()
    const { page, context } = await house.arrive(host, { colorScheme: 'dark' })
    await playServices(context)
    let isBlocked = true
    await context.route(script, (route) => (isBlocked ? route.abort() : route.fallback()))
    await page.goto(`${house.url}/r/${code}`)
    await page.getByText(en.stage.failed).waitFor({ timeout: 5_000 })
    await looksRight(page, 'room-blocked-embed')
    isBlocked = false
    await press(page, en.tryAgain)
    await page.locator('youtube-video').waitFor()
    await press(page, en.controls.play)
    await areInStep(page)
  },
)
