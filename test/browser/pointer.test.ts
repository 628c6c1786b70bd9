import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { enterAsHost, middleOf } from './commands.ts'
import { hears, say, setUpHouse } from './house.ts'

// The room is moved by presses that mean it, and by no other.

const house = setUpHouse()

/** The button goes down at the one place and up at the other. */
const drag = async (page: Page, from: string, to: string): Promise<void> => {
  const [start, end] = [await middleOf(page, from), await middleOf(page, to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps: 5 })
  await page.mouse.up()
}

test('the main button plays by a press and a release on the picture, and no other button does', async () => {
  const { page, commands } = await enterAsHost(house)
  for (const button of ['right', 'middle'] as const) await page.locator('.shield').click({ button })
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
  await page.locator('.shield').click()
  await expect.poll(commands).toEqual(['PLAY'])
  await page.locator('.shield').click({ button: 'right' })
  await page.locator('.shield').click()
  await expect.poll(commands).toEqual(['PLAY', 'PAUSE'])
})

test('what is dragged to over the picture plays nothing', async () => {
  const { page, commands } = await enterAsHost(house)
  await say(page, 'words that somebody marks to copy them')
  await hears(page, 'words')
  await drag(page, '.message-text', '.shield')
  await drag(page, '.volume-slider', '.shield')
  await drag(page, '.shield', '.message-text')
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
})

test('the seek bar moves the room by the main button only', async () => {
  const { page, commands } = await enterAsHost(house)
  const bar = page.getByLabel(en.controls.position)
  await bar.click({ button: 'right' })
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
  await bar.click()
  await expect.poll(commands).toEqual(['SEEK'])
  await expect(page.locator('.time').first().innerText()).resolves.toMatch(/^1:(29|30)/)
})

test('a finger on the picture plays nothing', async () => {
  const { page, commands } = await enterAsHost(house, { hasTouch: true })
  await page.locator('.shield').tap()
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
})
