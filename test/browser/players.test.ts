import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { playServices, STREAMS } from './embeds.ts'
import { areInStep, type House, isInside, press, setUpHouse } from './house.ts'

// Streams and embeds behave in a room as a file does. The services themselves are played by pages of our own.

const house = setUpHouse()

const come = async (code: string, name: Parameters<House['arrive']>[0]): Promise<Page> => {
  const { page, context } = await house.arrive(name)
  await playServices(context)
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  return page
}

type Told = { currentTime: number; paused: boolean }
const told = (page: Page): Promise<Told> =>
  page.locator('.media').evaluate((element) => {
    const { currentTime, paused } = element as HTMLVideoElement
    return { currentTime, paused }
  })

const sources = [
  ['HLS', `${STREAMS}stream.m3u8`, 'hls-video'],
  ['DASH', `${STREAMS}stream.mpd`, 'dash-video'],
  ['YouTube', 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', 'youtube-video'],
  ['Vimeo', 'https://vimeo.com/1084537', 'vimeo-video'],
] as const

describe.each(sources)('%s', (_name, url, tag) => {
  test('plays, seeks and pauses in step', async () => {
    const { code, host } = await house.stage.room({ media: { url, title: null, duration: null } })
    const ana = await come(code, host)
    const bo = await come(code, await house.stage.member(code, 'Bo'))
    await Promise.all([ana, bo].map((page) => page.locator(`${tag}.media`).waitFor()))
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await ana.keyboard.press('ArrowRight')
    await ana.keyboard.press('ArrowRight')
    await expect.poll(async () => (await told(bo)).currentTime).toBeGreaterThan(9)
    await areInStep(ana, bo)
    await press(ana, en.controls.pause)
    await expect.poll(async () => [(await told(ana)).paused, (await told(bo)).paused]).toEqual([true, true])
    const [one, other] = [await told(ana), await told(bo)]
    expect(Math.abs(one.currentTime - other.currentTime)).toBeLessThan(0.5)
  })
})
