import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { hears, press, say, setUpHouse } from './house.ts'

const house = setUpHouse()

const together = async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  const [ana, bo] = [await house.enter(code, host), await house.enter(code, 'Bo')]
  return { code, host, ana: ana.page, bo: bo.page }
}

/** In the dialog that asks. */
const confirm = (page: Page, title: string, submit: string) =>
  page.getByRole('dialog', { name: title }).getByRole('button', { name: submit, exact: true }).click()
const isGone = (page: Page, message: string) =>
  page.locator('.message-text', { hasText: message }).waitFor({ state: 'detached' })

test('[C5] the host removes a message by keyboard alone, and its writer reads who did it', async () => {
  const { ana, bo } = await together()
  await say(bo, 'Not nice')
  const button = ana.getByRole('button', { name: en.chat.remove('Bo', 'Not nice') })
  await button.focus()
  const box = await button.boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
  await ana.keyboard.press('Enter')
  await confirm(ana, en.chat.removeTitle('Bo'), en.chat.removeSubmit)
  for (const page of [ana, bo]) await isGone(page, 'Not nice')
  await bo.locator('.activity', { hasText: en.activity.removed(true) }).waitFor()
  expect(await ana.locator('.activity', { hasText: en.activity.removed(true) }).count()).toBe(0)
})

test('[C5] somebody removes their own message, and no other', async () => {
  const { ana, bo } = await together()
  await say(ana, 'Welcome')
  await say(bo, 'Oops')
  await hears(bo, 'Welcome')
  await bo.getByRole('button', { name: en.chat.remove('Bo', 'Oops') }).click()
  expect(await bo.getByRole('button', { name: en.chat.remove('Ana', 'Welcome') }).count()).toBe(0)
  await confirm(bo, en.chat.removeOwnTitle, en.chat.removeSubmit)
  for (const page of [ana, bo]) await isGone(page, 'Oops')
  await hears(ana, 'Welcome')
})

test('who removes a message by keyboard goes on from the messages', async () => {
  const { ana, bo } = await together()
  await say(bo, 'Not nice')
  const button = ana.getByRole('button', { name: en.chat.remove('Bo', 'Not nice') })
  await button.press('Enter')
  await ana.getByRole('dialog').getByRole('button', { name: en.chat.removeSubmit, exact: true }).press('Enter')
  await isGone(ana, 'Not nice')
  await expect.poll(() => ana.evaluate(() => document.activeElement?.className)).toBe('messages')
})

test('who has left the messages by a click elsewhere is not taken back where one is removed', async () => {
  const { ana, bo } = await together()
  await say(bo, 'Not nice')
  await ana.getByRole('button', { name: en.chat.remove('Bo', 'Not nice') }).focus()
  await ana.getByRole('heading', { level: 1 }).click()
  await bo.getByRole('button', { name: en.chat.remove('Bo', 'Not nice') }).click()
  await bo.getByRole('dialog').getByRole('button', { name: en.chat.removeSubmit, exact: true }).click()
  await isGone(ana, 'Not nice')
  expect(await ana.evaluate(() => document.activeElement === document.body)).toBe(true)
})

test('[C6] [C7] the settings clear the chat and set slow mode, and the line says how long to wait', async () => {
  const { code, host, ana, bo } = await together()
  await say(bo, 'Before')
  await hears(ana, 'Before')
  await press(ana, en.room.settings)
  await press(ana, en.settings.clearChat)
  // The answer is lost, and Bo writes before the button is pressed again.
  await ana.route('**/api/rooms/clear-chat*', async (route) => route.fetch().then(() => route.abort()), { times: 1 })
  await confirm(ana, en.settings.clearChatTitle, en.settings.clearChat)
  await ana.getByText(en.refusals.unreachable).waitFor()
  await say(bo, 'Between')
  await hears(ana, 'Between')
  await confirm(ana, en.settings.clearChatTitle, en.settings.clearChat)
  for (const page of [ana, bo]) {
    await isGone(page, 'Before')
    await page.locator('.activity', { hasText: en.activity.cleared }).waitFor()
    await hears(page, 'Between')
  }
  await ana.getByLabel(en.settings.slowMode).selectOption('30')
  await press(ana, en.settings.save)
  await bo.locator('.activity', { hasText: en.activity.slowed(30) }).waitFor()
  await say(bo, 'After')
  await hears(ana, 'After')
  await bo.getByText(/^Slow mode: you can write again in \d+ s\.$/).waitFor()
  await bo.getByLabel(en.chat.placeholder, { exact: true }).fill('More')
  expect(await bo.getByRole('button', { name: en.chat.send }).isDisabled()).toBe(true)
  // A page that is new does not know when Bo wrote last: the server says it.
  await bo.reload()
  await hears(bo, 'After')
  await say(bo, 'Too early')
  await bo.getByText(/^Slow mode: you can write again in \d+ s\.$/).waitFor()
  expect(await bo.getByLabel(en.chat.placeholder, { exact: true }).inputValue()).toBe('Too early')
  await house.stage.call('rooms/settings', { room_id: code, slow_mode_seconds: 0 }, host)
  await bo.getByText(/^Slow mode: you can write again/).waitFor({ state: 'detached' })
  await press(bo, en.chat.send)
  await hears(ana, 'Too early')
})
