import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { setUpMedia } from '../media/set-up-media.ts'
import { areInStep, press, setUpHouse } from './house.ts'

// Hosts that stop giving out a stream in the middle of it, and begin again.

const media = setUpMedia()
const house = setUpHouse()

/** The two first of five parts, of four seconds each, arrive long before they are needed; then the host refuses all. */
const REFUSED = /part-\d-[3-5]/
const BUFFERED_SECONDS = 8

const positionOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>('.media')?.currentTime ?? -1)
const hasMore = (page: Page): Promise<boolean> =>
  page.evaluate(() => (document.querySelector<HTMLVideoElement>('.media')?.readyState ?? 0) > 2)
const hasFailed = (page: Page): Promise<number> => page.getByText(en.stage.failed).count()

const playing = async (file: string, isThrough: (page: Page) => Promise<void>): Promise<void> => {
  const { code, host } = await house.stage.room({ media: { url: media.address(file), title: null, duration: null } })
  const { page } = await house.enter(code, host)
  await press(page, en.controls.play)
  await areInStep(page)
  await isThrough(page)
}

describe.each([
  ['hls', 'vod/stream.m3u8'],
  ['dash', 'vod/stream.mpd'],
])('%s whose host refuses the rest', (kind, file) => {
  test('plays what has come, fails only then, and tries again by itself', async () => {
    const allow = media.refuse(REFUSED)
    await playing(file, async (page) => {
      await expect.poll(() => positionOf(page)).toBeGreaterThan(BUFFERED_SECONDS - 2)
      expect(await hasFailed(page)).toBe(0)
      await page.getByText(en.stage.failed).waitFor()
      expect(await positionOf(page)).toBeGreaterThan(BUFFERED_SECONDS - 1)
      allow()
      await page.getByText(en.stage.failed).waitFor({ state: 'detached' })
      await expect.poll(() => positionOf(page)).toBeGreaterThan(BUFFERED_SECONDS + 3)
      expect(await hasFailed(page)).toBe(0)
    })
  })

  test('that is over before the viewer gets there is not noticed', async () => {
    const allow = media.refuse(REFUSED)
    await playing(file, async (page) => {
      const refused = () => media.asked.filter(({ path }) => REFUSED.test(path)).length
      await expect.poll(refused).toBeGreaterThan(kind === 'hls' ? 0 : 2)
      allow()
      await expect
        .poll(async () => ((await hasFailed(page)) > 0 ? 'failed' : (await positionOf(page)) > BUFFERED_SECONDS + 2))
        .toBe(true)
    })
  })

  test('and whose viewer is without a network is back in step with it', async () => {
    const allow = media.refuse(REFUSED)
    const { code, host } = await house.stage.room({ media: { url: media.address(file), title: null, duration: null } })
    // Somebody stays: an empty room would wait.
    const { page: ana } = await house.enter(code, host)
    const { page: bo, context } = await house.enter(code, 'Bo')
    await press(ana, en.controls.play)
    await areInStep(bo)
    await expect.poll(() => positionOf(bo)).toBeGreaterThan(3)
    await context.setOffline(true)
    allow()
    await expect.poll(() => hasMore(bo)).toBe(false)
    await context.setOffline(false)
    await areInStep(ana, bo)
    await expect.poll(() => positionOf(bo)).toBeGreaterThan(BUFFERED_SECONDS + 2)
  })
})
