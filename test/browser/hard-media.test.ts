import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { setUpMedia } from '../media/set-up-media.ts'
import { areInStep, type House, isPaused, press, setUpHouse } from './house.ts'

const media = setUpMedia()
const house = setUpHouse()

const room = (url: string, duration: number | null = null) =>
  house.stage.room({ media: { url, title: null, duration } })
const come = async (code: string, name: Parameters<House['enter']>[1]) => (await house.enter(code, name)).page
const note = (page: Page, text: string) => page.locator('.stage-note', { hasText: text }).waitFor()

/** Where this person's player is, in seconds. */
const positionOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>('.media')?.currentTime ?? -1)
const isMoving = async (page: Page): Promise<boolean> => {
  const before = await positionOf(page)
  await wait(1_000)
  return (await positionOf(page)) - before > 0.3
}

describe('a host that knows no ranges', () => {
  test('lets a late viewer watch from the beginning, and says so', async () => {
    const { code, host } = await room(media.address('film.mp4', { ranges: false }), 20)
    const ana = await come(code, host)
    await press(ana, en.controls.play)
    await wait(6_000)
    const bo = await come(code, 'Bo')
    await note(bo, en.stage.hindrances['cannot jump'])
    expect(await isMoving(bo)).toBe(true)
    const before = await positionOf(bo)
    await wait(3_000)
    expect(await positionOf(bo)).toBeGreaterThan(before + 2)
  })
})

describe.each([
  ['hls', 'vod/stream.m3u8'],
  ['dash', 'vod/stream.mpd'],
])('%s whose segments are refused for a while', (_kind, file) => {
  test('says so, and plays again by itself when the room moves', async () => {
    const { code, host } = await room(media.address(file))
    const allow = media.refuse(/part-/, 403)
    const ana = await come(code, host)
    await press(ana, en.controls.play)
    await ana.getByText(en.stage.failed).waitFor()
    await ana.getByRole('button', { name: en.tryAgain }).waitFor()
    allow()
    await press(ana, en.controls.pause)
    await press(ana, en.controls.play)
    await areInStep(ana)
    await ana.getByText(en.stage.failed).waitFor({ state: 'detached' })
  })
})

test.each(['vod/stream.m3u8', 'vod/stream.mpd'])(
  '%s that is not there is said to have failed at once',
  async (file) => {
    const { code, host } = await room(media.address(file, { status: 404 }))
    const ana = await come(code, host)
    await ana.getByText(en.stage.failed).waitFor({ timeout: 8_000 })
  },
)

describe('what a browser cannot show', () => {
  test.each([
    ['hevc.mp4', 'picture'],
    ['mpeg4-part2.mp4', 'picture'],
    ['sound-only.mp4', 'picture'],
    ['ac3.mp4', 'sound'],
    ['silent.mp4', 'sound'],
  ] as const)('%s: no %s, in words', async (file, missing) => {
    const { code, host } = await room(media.address(file), 20)
    const ana = await come(code, host)
    await press(ana, en.controls.play)
    await note(ana, en.stage.missing[missing])
    await press(ana, en.close)
    await ana.locator('.stage-note').waitFor({ state: 'detached' })
  })

  test('a film with both is no matter of words', async () => {
    const { code, host } = await room(media.address('film.mp4'), 20)
    const ana = await come(code, host)
    await press(ana, en.controls.play)
    await areInStep(ana)
    await wait(5_000)
    expect(await ana.locator('.stage-note').count()).toBe(0)
  })
})

describe('a pause from outside of the page', () => {
  const pauseElement = (page: Page) => page.evaluate(() => document.querySelector<HTMLVideoElement>('.media')?.pause())
  /** A tenth of a second after its pictures begin to move. */
  const pauseAtItsStart = (page: Page) =>
    page.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>('.media')
      video?.addEventListener('playing', () => setTimeout(() => video.pause(), 100), { once: true })
    })

  test("is the room's where it is the host's", async () => {
    const { code, host } = await room(house.sample, 180)
    const [ana, bo] = [await come(code, host), await come(code, 'Bo')]
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await pauseElement(ana)
    await isPaused(bo)
    await ana.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
    expect(await ana.locator('.tap-to-join').count()).toBe(0)
  })

  test("is not the room's where the browser pauses a video of the host that nobody sees or hears", async () => {
    const { code, host } = await room(house.sample, 180)
    const [ana, bo] = [await come(code, host), await come(code, 'Bo')]
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await ana.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>('.media')
      if (video !== null) video.muted = true
      // A page without a head is never hidden.
      Object.defineProperty(document, 'hidden', { value: true })
    })
    await pauseElement(ana)
    await ana.locator('.tap-to-join').waitFor()
    await areInStep(bo)
    await ana.locator('.tap-to-join').click()
    await areInStep(ana, bo)
  })

  test('right after a start is no other', async () => {
    const { code, host } = await room(house.sample, 180)
    const [ana, bo] = [await come(code, host), await come(code, 'Bo')]
    await Promise.all([isPaused(ana), isPaused(bo)])
    await pauseAtItsStart(bo)
    await press(ana, en.controls.play)
    await bo.getByText(en.stage.tapToJoinNotes.stopped).waitFor()
    await areInStep(ana)
    await isPaused(bo)
    await bo.locator('.tap-to-join').click()
    await areInStep(ana, bo)
    await press(ana, en.controls.pause)
    await Promise.all([isPaused(ana), isPaused(bo)])
    await pauseAtItsStart(ana)
    await press(ana, en.controls.play)
    await ana.getByRole('button', { name: en.controls.pause, exact: true }).waitFor()
    await ana.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
    await Promise.all([isPaused(ana), isPaused(bo)])
    expect(await ana.locator('.tap-to-join').count()).toBe(0)
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
  })

  test("is a viewer's own, until they tap", async () => {
    const { code, host } = await room(house.sample, 180)
    const [ana, bo] = [await come(code, host), await come(code, 'Bo')]
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await pauseElement(bo)
    await bo.getByText(en.stage.tapToJoinNotes.stopped).waitFor()
    await wait(2_000)
    await isPaused(bo)
    await areInStep(ana)
    await bo.locator('.tap-to-join').click()
    await areInStep(ana, bo)
  })
})

describe('media keys', () => {
  /** The handlers that a page gives to the browser, and what it shows there. */
  const listen = (page: Page) =>
    page.addInitScript(() => {
      const handlers: Record<string, MediaSessionActionHandler | null> = {}
      Object.assign(globalThis, { handlers })
      const { setActionHandler } = MediaSession.prototype
      MediaSession.prototype.setActionHandler = function (action, handler) {
        handlers[action] = handler
        return setActionHandler.call(this, action, handler)
      }
    })
  const hit = (page: Page, action: MediaSessionAction, details: object = {}) =>
    page.evaluate(
      ([name, more]) => {
        const { handlers } = globalThis as unknown as { handlers: Record<string, MediaSessionActionHandler> }
        handlers[name]?.({ action: name, ...more })
      },
      [action, details] as const,
    )
  const open = async (code: string, name: Parameters<House['arrive']>[0]) => {
    const { page } = await house.arrive(name)
    await listen(page)
    await page.goto(`${house.url}/r/${code}`)
    await isPaused(page)
    await page.waitForFunction(
      () => (globalThis as unknown as { handlers: { play?: unknown } }).handlers.play !== undefined,
    )
    return page
  }

  test('are commands of the room for the host, and nothing for others', async () => {
    const { code, host } = await room(house.sample, 180)
    const [ana, bo] = [await open(code, host), await open(code, await house.stage.member(code, 'Bo'))]
    // Before the room has said who hosts it, nobody does.
    await ana.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
    await hit(ana, 'play')
    await areInStep(ana, bo)
    const shown = () =>
      ana.evaluate(() => [navigator.mediaSession.playbackState, navigator.mediaSession.metadata?.title])
    await expect.poll(shown).toEqual(['playing', 'sample'])
    const drawn = () => ana.evaluate(() => navigator.mediaSession.metadata?.artwork.map(({ type }) => type))
    expect(await drawn()).toEqual(['image/png', 'image/png'])
    for (const action of ['pause', 'seekbackward', 'seekto', 'stop'] as const) await hit(bo, action, { seekTime: 90 })
    await wait(1_000)
    await areInStep(ana, bo)
    expect(await positionOf(bo)).toBeLessThan(60)
    await hit(ana, 'seekto', { seekTime: 90 })
    await expect.poll(() => positionOf(bo)).toBeGreaterThan(89)
    await hit(ana, 'pause')
    await isPaused(bo)
    const before = await positionOf(bo)
    await hit(ana, 'seekforward')
    await isPaused(bo, before + 10)
    await bo.getByRole('button', { name: en.room.leave }).click()
    await press(bo, en.leave.submit)
    await bo.getByRole('heading', { name: en.create.title }).waitFor()
    expect(await bo.evaluate(() => navigator.mediaSession.playbackState)).toBe('none')
  })
})

test('keys go by their place on layouts without Latin letters', async () => {
  const { code, host } = await room(house.sample, 180)
  const ana = await come(code, host)
  await isPaused(ana)
  const type = (key: string, keyCode: string) =>
    ana.evaluate(
      ([pressed, place]) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, code: place, bubbles: true })),
      [key, keyCode] as const,
    )
  await type('ь', 'KeyM')
  await ana.getByRole('button', { name: en.controls.unmute }).waitFor()
  await type('μ', 'KeyM')
  await ana.getByRole('button', { name: en.controls.mute }).waitFor()
  // On a Latin layout the letter counts, wherever it lies.
  await type('m', 'Semicolon')
  await ana.getByRole('button', { name: en.controls.unmute }).waitFor()
})

test('a line that is slower than the file: few jumps, and the sentence', async () => {
  const { code, host } = await room(media.address('even.mp4', { bytesPerSecond: 2_800 }), 60)
  const ana = await come(code, host)
  await ana.evaluate(() => {
    const seen = { seeks: 0 }
    Object.assign(globalThis, { seen })
    document.querySelector('.media')?.addEventListener('seeking', () => {
      seen.seeks += 1
    })
  })
  await press(ana, en.controls.play)
  await ana.locator('.stage-note', { hasText: en.stage.hindrances['too slow'] }).waitFor({ timeout: 60_000 })
  expect(await ana.evaluate(() => (globalThis as unknown as { seen: { seeks: number } }).seen.seeks)).toBeLessThan(8)
})
