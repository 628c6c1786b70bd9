import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { type House, isInside, openHouse, openPeople, press } from './house.ts'
import { looksRight } from './looks.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterEach(() => house.clear())
afterAll(() => house.close())

test('[R42] [R43] who is banned and comes back under another name waits, hears why, and is let in by the host', async () => {
  const { code, host } = await house.stage.room({ name: 'Open' }, 'Ana')
  const ana = await house.enter(code, host)
  const { page } = await house.arrive()
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel(en.yourName).fill('Tom')
  await press(page, en.invite.join)
  await isInside(page)
  await openPeople(ana.page)
  await press(ana.page, en.people.menu('Tom'))
  await press(ana.page, en.people.ban)
  const guests = ana.page.getByRole('switch', { name: en.people.noMoreGuests })
  await guests.waitFor()
  await looksRight(ana.page, 'ban-question')
  await ana.page.getByRole('dialog').getByRole('button', { name: en.people.ban, exact: true }).click()
  await page.getByRole('heading', { name: en.ended.banned.title }).waitFor()

  // Another guest, and still the same browser.
  await page.evaluate(() => localStorage.removeItem('streamit.account'))
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel(en.yourName).fill('Tim')
  await press(page, en.invite.join)
  await page.getByText(en.invite.recentBan).waitFor()
  await looksRight(page, 'waiting-after-ban')
  await press(ana.page, en.requests.approveName('Tim'))
  await isInside(page)
})

test('[R42] whoever bans a guest may shut the room to guests with it', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  await house.stage.member(code, 'Tom')
  const { page } = await house.enter(code, host)
  await openPeople(page)
  await press(page, en.people.menu('Tom'))
  await press(page, en.people.ban)
  await page.getByRole('switch', { name: en.people.noMoreGuests }).check()
  await page.getByRole('dialog').getByRole('button', { name: en.people.ban, exact: true }).click()
  await expect.poll(async () => (await house.stage.call('rooms/preview', { code })).guests_allowed).toBe(false)
})
