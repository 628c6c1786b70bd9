import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en as words } from '../../web/admin/strings/en.ts'
import { administrator } from '../staging/administrator.ts'
import { setUpHouse } from './house.ts'

const house = setUpHouse()

const howItIs = async () => {
  const ada = await administrator(house.stage, 'Ada')
  const { page } = await house.arrive(ada, { isGuest: false })
  await page.goto(`${house.url}/admin`)
  return page
}
const number = (page: Page, word: string) => page.locator('.admin-numbers > div', { hasText: word }).locator('dd')

test('what took longer than can be told is told apart from nothing, and where that was', async () => {
  const page = await howItIs()
  await expect.poll(() => number(page, words.now.most).innerText()).toBe('–')
  await page.getByRole('img', { name: words.now.chartEmpty(words.now.most) }).waitFor()
  const { addStats } = await import('../../functions/table/stats.ts')
  const now = house.stage.services.clock()
  await addStats({ commands: 90, delivered_100: 90 }, now - 1_200_000)
  await addStats({ commands: 10, delivered_slower: 10 }, now - 600_000)
  await page.reload()
  await expect.poll(() => number(page, words.now.most).innerText()).toBe('over 1.6 s')
  expect(await number(page, words.now.half).innerText()).toBe('100 ms')
  await page.getByRole('img', { name: /^99 of 100 commands within: slowest at \d\d:\d\d, over 1\.6 s\.$/ }).waitFor()
  await page.getByText(words.now.asTable).click()
  await page.getByRole('cell', { name: 'over 1.6 s' }).waitFor()
})

test('it follows by itself', async () => {
  const { code } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  const bo = await house.stage.member(code, 'Bo')
  const page = await howItIs()
  await expect.poll(() => number(page, words.now.sockets).innerText()).toBe('0')
  const socket = await house.stage.enter(code, bo)
  await house.stage.settled()
  await expect.poll(() => number(page, words.now.sockets).innerText(), { timeout: 30_000 }).toBe('1')
  await socket.close()
})
