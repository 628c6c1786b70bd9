import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { hears, press, setUpHouse } from './house.ts'

const house = setUpHouse()

test('a long message is folded after ten lines, and opens and closes', async () => {
  const { code, host } = await house.stage.room()
  const { page } = await house.enter(code, host)
  const ana = await house.stage.member(code, 'Ana')
  const socket = await house.stage.enter(code, ana)
  socket.send({ type: 'CHAT_MESSAGE', message: `top${'\n'.repeat(300)}bottom` })
  await hears(page, 'bottom')
  socket.send({ type: 'CHAT_MESSAGE', message: `over${'a\u0301'.repeat(5)}` })
  await hears(page, 'over')

  const long = page.locator('.message-text', { hasText: 'bottom' })
  const lines = () =>
    long.evaluate((text) => Math.round(text.clientHeight / Number.parseFloat(getComputedStyle(text).lineHeight)))
  await page.getByRole('button', { name: en.chat.unfold, exact: true }).waitFor()
  expect(await lines()).toBe(10)
  await expect(page.locator('.message').last().isVisible()).resolves.toBe(true)
  const list = page.locator('.messages')
  const toEnd = () => list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)
  expect(await toEnd()).toBeLessThanOrEqual(1)

  await press(page, en.chat.unfold)
  expect(await lines()).toBe(301)
  await press(page, en.chat.fold)
  expect(await lines()).toBe(10)
  expect(await page.getByRole('button', { name: en.chat.unfold, exact: true }).count()).toBe(1)
})
