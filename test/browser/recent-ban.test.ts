import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { isInside, openPeople, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

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
  await ana.page.locator('.request', { hasText: en.requests.recentBan }).waitFor()
  await looksRight(ana.page, 'request-after-ban')
  await press(ana.page, en.requests.approveName('Tim'))
  await isInside(page)
})

test('[R42] who waits after a ban in a room with a password goes on waiting after a reload, without typing it again', async () => {
  const { code, host, password } = await house.stage.room({ is_private: true, entry_mode: 'PASSWORD' }, 'Ana')
  const ana = await house.enter(code, host)
  const { page } = await house.arrive()
  const join = async (name: string) => {
    await page.goto(`${house.url}/r/${code}`)
    await page.getByLabel(en.yourName).fill(name)
    await page.getByLabel(en.invite.password).fill(password ?? '')
    await press(page, en.invite.join)
  }
  await join('Tom')
  await isInside(page)
  const { participants } = await house.stage.call('rooms/participants', { room_id: code }, host)
  const tom = participants.find(({ display_name }) => display_name === 'Tom')
  await house.stage.call('rooms/ban', { room_id: code, user_id: tom?.id }, host)
  await page.getByRole('heading', { name: en.ended.banned.title }).waitFor()
  await page.evaluate(() => localStorage.removeItem('streamit.account'))
  await join('Tim')
  await page.getByText(en.invite.recentBan).waitFor()
  await page.reload()
  await page.getByText(en.invite.recentBan).waitFor()
  await expect(page.getByLabel(en.invite.password).count()).resolves.toBe(0)
  await press(ana.page, en.requests.approveName('Tim'))
  await isInside(page)
  // It is kept no longer than the wait.
  const kept = await page.evaluate(() => Object.values({ ...sessionStorage }))
  expect(kept).not.toContain(password)
})

test('[R42] who waits already hears it where the room would let them in from then on, but for a ban', async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
  const ana = await house.enter(code, host)
  const { page } = await house.arrive()
  const ask = async (name: string) => {
    await page.goto(`${house.url}/r/${code}`)
    await page.getByLabel(en.yourName).fill(name)
    await press(page, en.invite.ask)
    await page.getByText(en.invite.waiting).waitFor()
  }
  await ask('Tom')
  const { participants } = await house.stage.call('rooms/participants', { room_id: code }, host)
  const tom = participants.find(({ display_name }) => display_name === 'Tom')
  await house.stage.call('rooms/ban', { room_id: code, user_id: tom?.id }, host)
  await page.getByText(en.refusals.banned).waitFor()
  await page.evaluate(() => localStorage.removeItem('streamit.account'))
  await ask('Tim')
  expect(await page.getByText(en.invite.recentBan).count()).toBe(0)
  await house.stage.call('rooms/settings', { room_id: code, is_private: false }, host)
  await page.getByText(en.invite.recentBan).waitFor()
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

test('[R31] [R42] a co-host who bans a guest may let nobody new in with it', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  await house.stage.member(code, 'Tom')
  const { page, person } = await house.enter(code, 'Bo')
  await house.stage.call('rooms/role', { room_id: code, user_id: person?.id, role: 'cohost' }, host)
  await openPeople(page)
  await press(page, en.people.menu('Tom'))
  await press(page, en.people.ban)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('switch', { name: en.people.lock }).waitFor()
  // Shutting guests out is a setting, and those are the host's.
  await expect(dialog.getByRole('switch').count()).resolves.toBe(1)
  await looksRight(page, 'ban-question-cohost')
  await dialog.getByRole('switch', { name: en.people.lock }).check()
  await dialog.getByRole('button', { name: en.people.ban, exact: true }).click()
  await expect.poll(async () => (await house.stage.call('rooms/preview', { code })).is_locked).toBe(true)
})
