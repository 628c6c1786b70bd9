import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { enterAsHost } from './commands.ts'
import { areInStep, hears, press, say, setUpHouse } from './house.ts'

// Keys belong to what has the focus, and one press of a key is one command.

const house = setUpHouse()

/** The system repeats a key that is held. `look` is called after each of its presses. */
const holdKey = async (page: Page, key: string, look = async (): Promise<void> => {}): Promise<void> => {
  for (let count = 0; count < 10; count += 1) {
    await page.keyboard.down(key)
    await wait(40)
    await look()
  }
  await page.keyboard.up(key)
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.tagName ?? '')

test('a key that is held is one press, of a shortcut and of a button', async () => {
  const { page, commands } = await enterAsHost(house)
  await holdKey(page, 'Space')
  await expect.poll(commands).toEqual(['PLAY'])
  await page.getByRole('button', { name: en.controls.pause, exact: true }).focus()
  await holdKey(page, 'Enter')
  await wait(1_000)
  await expect(commands()).resolves.toEqual(['PLAY', 'PAUSE'])
})

test('an arrow key that is held moves the room once, as far as it was held', async () => {
  const { page, commands } = await enterAsHost(house)
  await holdKey(page, 'ArrowRight')
  await expect.poll(commands).toEqual(['SEEK'])
  await holdKey(page, 'ArrowLeft')
  await expect.poll(commands).toEqual(['SEEK', 'SEEK'])
  await expect.poll(() => page.locator('.time').first().innerText()).toMatch(/^0:00/)
})

test('an Enter that is held over the film opens the line of the chat, and leaves it open', async () => {
  const { page } = await enterAsHost(house)
  await page.keyboard.press('t')
  await page.locator('.room[data-cinema=true]').waitFor()
  await holdKey(page, 'Enter', async () => expect(await focused(page)).toBe('TEXTAREA'))
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe('BODY')
})

/** Bo, a viewer of a room that plays, whose video something outside of the page has paused. */
const pausedFromOutside = async (before: (page: Page) => Promise<void>) => {
  const { page: hana, code } = await enterAsHost(house)
  const { page } = await house.enter(code, 'Bo')
  await press(hana, en.controls.play)
  await areInStep(page)
  await before(page)
  await page.evaluate(() => document.querySelector('video')?.pause())
  await page.locator('.tap-to-join').waitFor()
  return page
}

test('who writes goes on writing where something else pauses their video', async () => {
  const field = (page: Page) => page.getByLabel(en.chat.placeholder, { exact: true })
  const page = await pausedFromOutside(async (bo) => {
    await field(bo).click()
    await bo.keyboard.type('hello ')
  })
  await page.keyboard.type('my friend')
  await expect(field(page).inputValue()).resolves.toBe('hello my friend')
})

test('who does nothing else joins again with a key', async () => {
  const page = await pausedFromOutside(async () => {})
  await page.keyboard.press('Enter')
  await areInStep(page)
})

test('the chat is scrolled with the arrow keys while it has the focus', async () => {
  const { page, commands } = await enterAsHost(house)
  for (let count = 0; count < 9; count += 1) await say(page, `line ${count}\nx\nx\nx\nx\nx`)
  await hears(page, 'line 8')
  const list = page.locator('.messages')
  await list.focus()
  const top = () => list.evaluate(({ scrollTop }) => scrollTop)
  const before = await top()
  expect(before).toBeGreaterThan(0)
  for (let count = 0; count < 5; count += 1) await page.keyboard.press('ArrowUp')
  await expect.poll(top).toBeLessThan(before)
  expect(await page.evaluate(() => document.querySelector('video')?.volume)).toBe(1)
  // It goes up and down only: the others are the room's.
  await page.keyboard.press('ArrowRight')
  await expect.poll(commands).toEqual(['SEEK'])
})
