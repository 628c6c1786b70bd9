import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DECISIONS_PER_PAGE } from '../../protocol/limits.ts'
import { en } from '../../web/strings/en.ts'
import { press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

const { sentences } = en.audit
const CALL = /\/api\/rooms\/audit\?/
const lines = (page: Page) => page.locator('.decisions li')
const open = async (page: Page) => {
  await press(page, en.room.settings)
  await press(page, en.audit.open)
}

test('[R41] the host reads in words who decided what, and closes it with the keyboard', async () => {
  const { code, host } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  const bo = await house.stage.member(code, 'Bo')
  const name = 'Bartholomew Featherstonehaugh-Cholmonde'
  const long = await house.stage.member(code, name)
  const call = (route: 'rooms/ban' | 'rooms/kick', user_id: string) =>
    house.stage.request('POST', `/api/${route}`, { body: { room_id: code, user_id }, token: host.token })
  await call('rooms/kick', bo.id)
  await call('rooms/ban', long.id)
  await call('rooms/kick', host.id)
  await house.stage.call('rooms/settings', { room_id: code, is_chat_enabled: false, name: 'Films' }, host)
  const { page } = await house.enter(code, host)
  await page.getByRole('button', { name: en.room.settings }).focus()
  await page.keyboard.press('Enter')
  const way = page.getByRole('button', { name: en.audit.open })
  await way.focus()
  await page.keyboard.press('Enter')
  await lines(page).first().waitFor()
  const shown = await lines(page).allInnerTexts()
  const sentencesShown = shown.map((text) => text.split(' · ')[0])
  expect(sentencesShown).toEqual([
    sentences.settings('Ana', '', [en.audit.changed.name, en.audit.changed.is_chat_enabled]),
    sentences.kick('Ana', 'Ana'),
    sentences.ban('Ana', name),
    sentences.kick('Ana', 'Bo'),
  ])
  for (const text of shown) expect(text).toMatch(/ · \d\d:\d\d/)
  expect(shown[1]).toContain(en.audit.refused)
  await looksRight(page, 'decisions')
  await page.keyboard.press('Escape')
  await lines(page).first().waitFor({ state: 'detached' })
  // The settings are still there, with the focus where it was.
  await expect.poll(() => way.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('[R41] a room in which nothing was decided says so, and a failure offers to try again', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  const { page } = await house.enter(code, host)
  await page.route(CALL, (route) => route.fulfill({ status: 503, body: '' }))
  await open(page)
  await page.getByText(en.refusals.unavailable).waitFor()
  await page.unroute(CALL)
  await press(page, en.tryAgain)
  await page.getByText(en.audit.empty).waitFor()
  await looksRight(page, 'decisions-empty')
})

test('[R41] more than a page is read on', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  const bo = await house.stage.member(code, 'Bo')
  for (let nth = 0; nth <= DECISIONS_PER_PAGE; nth += 1) {
    await house.stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: nth + 1 }, host)
    // [R37] Nobody decides so much at once.
    house.stage.elapse(500)
  }
  const { page } = await house.enter(code, host)
  await open(page)
  await lines(page).first().waitFor()
  expect(await lines(page).count()).toBe(DECISIONS_PER_PAGE)
  await press(page, en.audit.older)
  await expect.poll(() => lines(page).count()).toBe(DECISIONS_PER_PAGE + 1)
  expect(await page.getByRole('button', { name: en.audit.older }).count()).toBe(0)
})
