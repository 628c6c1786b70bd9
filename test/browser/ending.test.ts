import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { setUpMedia } from '../media/set-up-media.ts'
import { areInStep, isPaused, press, setUpHouse } from './house.ts'

const media = setUpMedia()
const house = setUpHouse()

type Shown = { position: number; paused: boolean; ended: boolean }
const shown = (page: Page): Promise<Shown> =>
  page.locator('.media').evaluate((element) => {
    const { currentTime, paused, ended } = element as HTMLVideoElement
    return { position: currentTime, paused, ended }
  })
const isAtItsEnd = (page: Page, seconds: number) =>
  expect
    .poll(async () => {
      const { position, paused, ended } = await shown(page)
      return (paused || ended) && Math.abs(position - seconds) < 0.3
    })
    .toBe(true)
const isBetween = (page: Page, from: number, to: number) =>
  expect
    .poll(async () => {
      const { position } = await shown(page)
      return position > from && position < to
    })
    .toBe(true)

/** In steps of five seconds, and never beyond it. */
const nearTheEnd = async (page: Page, seconds: number): Promise<void> => {
  for (let left = seconds; left > 9; left -= 5) await page.keyboard.press('ArrowRight')
}

const sources = [
  ['A file', 'short.mp4', 3],
  ['HLS', 'vod/stream.m3u8', 20],
  ['DASH', 'vod/stream.mpd', 20],
] as const

describe.each(sources)('%s', (_name, file, seconds) => {
  test('ends for everybody, and goes back to its beginning and to moments before its end', async () => {
    const source = { url: media.address(file), title: null, duration: seconds }
    const { code, host } = await house.stage.room({ media: source })
    const [ana, bo] = (await Promise.all([house.enter(code, host), house.enter(code, 'Bo')])).map(({ page }) => page)
    if (ana === undefined || bo === undefined) throw new Error('Somebody is not there.')
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await nearTheEnd(ana, seconds)
    await Promise.all([ana, bo].map((page) => isAtItsEnd(page, seconds)))

    await press(ana, en.controls.play)
    await Promise.all([ana, bo].map((page) => isBetween(page, 0.1, 2.5)))
    await areInStep(ana, bo)
    await nearTheEnd(ana, seconds)
    await Promise.all([ana, bo].map((page) => isAtItsEnd(page, seconds)))

    await ana.keyboard.press('ArrowLeft')
    await Promise.all([ana, bo].map((page) => isBetween(page, -0.1, seconds - 0.5)))
  })
})

// What MediaRecorder and pipes write: nobody knows how long it is before somebody has come to its end.
describe.each([
  ['A recording that says no length', 'no-duration.webm'],
  ['A film in fragments', 'fragmented.mp4'],
])('%s', (_name, file) => {
  test('plays in step, stands at its end, and plays again', async () => {
    const seconds = 20
    const source = { url: media.address(file), title: null, duration: null }
    const { code, host } = await house.stage.room({ media: source })
    const [ana, bo] = (await Promise.all([house.enter(code, host), house.enter(code, 'Bo')])).map(({ page }) => page)
    if (ana === undefined || bo === undefined) throw new Error('Somebody is not there.')
    const isOver = async () => {
      await Promise.all([ana, bo].map((page) => isAtItsEnd(page, seconds)))
      await Promise.all([ana, bo].map((page) => page.getByText(en.stage.over, { exact: true }).waitFor()))
    }
    await press(ana, en.controls.play)
    await areInStep(ana, bo)
    await isOver()
    // A player that begins again by itself does so at once.
    await wait(2_000)
    await isOver()

    await press(ana, en.stage.again)
    await Promise.all([ana, bo].map((page) => isBetween(page, 0.1, 4)))
    await areInStep(ana, bo)
    await nearTheEnd(ana, seconds)
    await isOver()
    await ana.keyboard.press('ArrowLeft')
    await Promise.all([ana, bo].map((page) => isBetween(page, -0.1, seconds - 0.5)))
  })
})

test('a length that was told too short gives way to the right one, and the room stands where it was over', async () => {
  const source = { url: media.address('film.mp4'), title: null, duration: null }
  const { code, host } = await house.stage.room({ media: source })
  const [{ page: ana }, { page: bo }] = [await house.enter(code, host), await house.enter(code, 'Bo')]
  const shows = (page: Page, duration: string) => page.locator('.time', { hasText: `/ ${duration}` }).waitFor()
  await shows(ana, '0:20')
  // As an embed does that tells the length of an advertisement first.
  await ana.locator('.media').evaluate((element) => {
    Object.defineProperty(element, 'duration', { value: 3, configurable: true })
  })
  await shows(bo, '0:03')
  await press(ana, en.controls.play)
  for (const page of [ana, bo]) {
    await isPaused(page, 3)
    await page.getByText(en.stage.over, { exact: true }).waitFor()
  }
  await ana.locator('.media').evaluate((element) => {
    Reflect.deleteProperty(element, 'duration')
  })
  await Promise.all([ana, bo].map((page) => shows(page, '0:20')))
  for (const page of [ana, bo]) {
    await isPaused(page, 3)
    expect(await page.getByText(en.stage.over, { exact: true }).count()).toBe(0)
  }
  await press(ana, en.controls.play)
  await areInStep(ana, bo)
  await Promise.all([ana, bo].map((page) => isBetween(page, 3.2, 9)))
})
