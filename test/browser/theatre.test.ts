import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { hears, openPeople, press, say, setUpHouse } from './house.ts'
import { looksRight, manySizes } from './looks.ts'

// The film with everything, and people in it.

const house = setUpHouse()

const openRoom = async () => {
  const media = { url: house.sample, title: null, duration: 180 }
  const { code, host } = await house.stage.room({ media, name: 'Friday film' }, 'Ana')
  const [ana, bo] = await Promise.all([house.enter(code, host), house.enter(code, 'Bo')])
  return { code, ana: ana.page, bo: bo.page }
}
const chatOpacity = (page: Page) => page.locator('.chat').evaluate((chat) => getComputedStyle(chat).opacity)
const hasFocus = (page: Page) => page.locator('[data-composer]:focus').waitFor()
const widthOf = async (page: Page, selector: string) => (await page.locator(selector).boundingBox())?.width ?? 0

test.each([
  ['full screen', 'f', en.controls.fullscreen, en.controls.exitFullscreen],
  ['theatre mode', 't', en.controls.theatre, en.controls.exitTheatre],
] as const)('in %s the film has everything, and the chat over it fades', async (_name, key, enter, leave) => {
  const { ana, bo } = await openRoom()
  await openPeople(ana)
  await ana.keyboard.press(key)
  await ana.getByRole('button', { name: leave }).waitFor()
  await expect.poll(() => widthOf(ana, '.stage')).toBe(ana.viewportSize()?.width)
  await expect.poll(() => widthOf(ana, '.room-header')).toBe(1)

  await say(bo, 'Is everybody comfortable?')
  await hears(ana, 'Is everybody comfortable?')
  await press(ana, en.controls.play)
  await ana.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await expect.poll(() => chatOpacity(ana)).toBe('0')
  await say(bo, 'It begins.')
  await expect.poll(() => chatOpacity(ana)).toBe('1')
  await expect.poll(() => chatOpacity(ana)).toBe('0')

  // Enter opens its line; Enter in the empty line closes it.
  await ana.keyboard.press('Enter')
  await hasFocus(ana)
  await expect.poll(() => chatOpacity(ana)).toBe('1')
  await ana.keyboard.type('Very.')
  await ana.keyboard.press('Enter')
  await hears(bo, 'Very.')
  await ana.keyboard.press('Enter')
  await expect.poll(() => ana.locator('[data-composer]:focus').count()).toBe(0)

  await ana.keyboard.press(key)
  await ana.getByRole('button', { name: enter }).waitFor()
  await expect.poll(() => widthOf(ana, '.room-header')).toBeGreaterThan(300)
  // Enter has opened the chat, and beside the film it is still open.
  await ana.getByRole('tab', { name: new RegExp(en.panel.chat), selected: true }).waitFor()
})

test('theatre mode in every size, with the chat and without', async () => {
  const { ana, bo } = await openRoom()
  await say(bo, 'Is everybody comfortable?')
  await hears(ana, 'Is everybody comfortable?')
  await press(ana, en.controls.theatre)
  await looksRight(ana, 'theatre', manySizes)
  await ana.keyboard.press('Escape')
  await expect.poll(() => widthOf(ana, '.room-header')).toBeGreaterThan(300)
})

test('Enter opens the chat while People is shown, and while the panel is folded away', async () => {
  const { ana } = await openRoom()
  await openPeople(ana)
  await ana.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await ana.keyboard.press('Enter')
  await hasFocus(ana)
  await ana.keyboard.press('Escape')
  await press(ana, en.panel.fold)
  await ana.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await ana.keyboard.press('Enter')
  await hasFocus(ana)
})

test('the panel folds away, is remembered, and tells of what is said meanwhile', async () => {
  const { ana, bo } = await openRoom()
  await ana.getByLabel(en.chat.placeholder, { exact: true }).fill('a draft')
  await press(ana, en.panel.fold)
  const opener = ana.getByRole('button', { name: en.panel.unfold })
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true)
  await expect.poll(() => widthOf(ana, '.stage')).toBe(ana.viewportSize()?.width)
  await say(bo, 'Is everybody comfortable?')
  await opener.getByText(en.panel.unread(1)).waitFor()
  await looksRight(ana, 'folded', manySizes)
  await opener.click()
  await expect(ana.getByLabel(en.chat.placeholder, { exact: true }).inputValue()).resolves.toBe('a draft')
  await ana.getByRole('tab', { name: en.panel.chat, selected: true }).waitFor()

  await press(ana, en.panel.fold)
  await ana.reload()
  await opener.waitFor()
  await opener.click()
  await ana.reload()
  await ana.locator('.panel').waitFor()
})

test('without a video there is no theatre, so that nobody is caught in it', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  const { page } = await house.enter(code, host)
  await page.keyboard.press('t')
  await page.getByRole('button', { name: en.room.invite }).waitFor()
  await page.keyboard.press('?')
  await page.getByText(en.help.theatre).waitFor()
})
