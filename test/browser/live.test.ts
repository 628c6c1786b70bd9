import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { LIVE_ORIGIN_SECONDS } from '../../protocol/limits.ts'
import { en } from '../../web/strings/en.ts'
import { setUpMedia } from '../media/set-up-media.ts'
import { type House, press, setUpHouse } from './house.ts'

const media = setUpMedia()
const house = setUpHouse()

const APART_MS = 250
const LATER_MS = 20_000
/** Long enough that a player's own window has moved on by most of its length. */
const MUCH_LATER_MS = 45_000

/** What the picture on the screen shows, as programme time in milliseconds, and when the page looked, by this machine's clock. */
const programmeTime = (page: Page): Promise<{ shown: number; at: number; paused: boolean }> =>
  page.evaluate(() => {
    const element = document.querySelector<HTMLVideoElement & { api: Record<string, unknown> }>('.media')
    if (element === null) throw new Error('There is no video in the page.')
    const { api } = element
    const shown = 'playingDate' in api ? (api.playingDate as Date).getTime() : (api.timeAsUTC as () => number)() * 1000
    return { shown, at: performance.timeOrigin + performance.now(), paused: element.paused }
  })

const areTogether = async (one: Page, other: Page): Promise<number> => {
  const [first, second] = await Promise.all([programmeTime(one), programmeTime(other)])
  return Math.abs(first.shown - first.at - (second.shown - second.at))
}

const come = async (code: string, name: Parameters<House['enter']>[1]) => (await house.enter(code, name)).page

describe.each([
  ['hls', MUCH_LATER_MS],
  ['dash', LATER_MS],
] as const)('a live stream that says its time: %s', (kind, laterMs) => {
  test('two viewers who join apart see the same picture, and the host has a way to the edge', async () => {
    const channel = media.channel({ windowSegments: 30 })
    const { code, host } = await house.stage.room({ media: { url: channel[kind](), title: null, duration: null } })
    const ana = await come(code, host)
    await ana.locator('.live-badge').waitFor()
    await press(ana, en.controls.play)
    await ana.locator('.sync-badge[data-status=inStep]').waitFor()
    await wait(laterMs)
    const bo = await come(code, 'Bo')
    await bo.locator('.sync-badge[data-status=inStep]').waitFor()
    await bo.locator('.live-badge').waitFor()
    await expect.poll(() => areTogether(ana, bo), { timeout: 10_000 }).toBeLessThan(APART_MS)
    await press(ana, en.controls.pause)
    await wait(18_000)
    await press(ana, en.controls.play)
    await press(ana, en.controls.toLiveEdge)
    await expect.poll(async () => (await programmeTime(bo)).at - (await programmeTime(bo)).shown).toBeLessThan(16_000)
    await ana.locator('.sync-badge[data-status=inStep]').waitFor()
    await bo.locator('.sync-badge[data-status=inStep]').waitFor()
    await expect.poll(() => areTogether(ana, bo), { timeout: 10_000 }).toBeLessThan(APART_MS)
  })
})

test('a live stream without a time: viewers keep one distance from their own edge', async () => {
  const channel = media.channel({ windowSegments: 30, dates: false })
  const { code, host } = await house.stage.room({ media: { url: channel.hls(), title: null, duration: null } })
  const ana = await come(code, host)
  await ana.locator('.live-badge').waitFor()
  await press(ana, en.controls.play)
  await ana.locator('.sync-badge[data-status=inStep]').waitFor()
  await wait(LATER_MS)
  const bo = await come(code, 'Bo')
  await bo.locator('.sync-badge[data-status=inStep]').waitFor()
  /** Seconds behind the newest picture that this player knows of. */
  const behind = (page: Page) =>
    page.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>('.media')
      return video === null ? Number.NaN : video.seekable.end(video.seekable.length - 1) - video.currentTime
    })
  // Each looks for a new segment of two seconds in its own rhythm.
  const apart = async () => Math.abs((await behind(ana)) - (await behind(bo)))
  for (let look = 0; look < 3; look += 1) {
    expect(await apart()).toBeLessThan(5)
    await wait(1_500)
  }
  const isMoving = () => bo.evaluate(() => document.querySelector<HTMLVideoElement>('.media')?.currentTime)
  const before = (await isMoving()) ?? 0
  await wait(3_000)
  expect((await isMoving()) ?? 0).toBeGreaterThan(before + 2)
})

test('a live stream that has run for a week gets a new origin, and plays at its edge', async () => {
  const channel = media.channel({ windowSegments: 30 })
  const old = Date.now() - (LIVE_ORIGIN_SECONDS + 60) * 1000
  const source = { url: channel.hls(), title: null, duration: null, live_origin: old }
  const { code, host } = await house.stage.room({ media: source })
  const [ana, bo] = [await come(code, host), await come(code, 'Bo')]
  await ana.locator('.live-badge').waitFor()
  await press(ana, en.controls.play)
  await Promise.all([ana, bo].map((page) => page.locator('.sync-badge[data-status=inStep]').waitFor()))
  const { media: known } = await house.stage.call('rooms/detail', { code }, host)
  expect(Date.now() - (known?.live_origin ?? 0)).toBeLessThan(120_000)
  await expect.poll(() => areTogether(ana, bo), { timeout: 10_000 }).toBeLessThan(APART_MS)
})
