import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { de as worte } from '../../web/admin/strings/de.ts'
import { de } from '../../web/strings/de.ts'
import { administrator } from '../staging/administrator.ts'
import { setUpHouse } from './house.ts'
import { fitsPhone } from './looks.ts'

// Names that no blank breaks, on a phone, in the language with the longer words.

const house = setUpHouse()

const onPhone = { locale: 'de-DE', viewport: { width: 360, height: 740 } }
const film = () => ({ url: house.sample, title: 'T'.repeat(200), duration: 180 })
/** As long as names may be, or as long as one word is. */
const names = ['Wolfeschlegelstein', 'Donaudampfschifffahrtskapitän1', 'W'.repeat(39)]

/** What of a page, or of a dialog or a note in it, is outside of its box to the left or right. */
const outside = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll('button, a, input, select, h1, h2, p, dt, dd, li, label, .stage-note')]
    const found = parts.filter((part) => {
      const { left, right, width, height } = part.getBoundingClientRect()
      // Tables may scroll.
      if (width <= 1 || height <= 1 || part.closest('.visually-hidden, table') !== null) return false
      const isShownWhole = getComputedStyle(part).overflowX === 'visible' && !(part instanceof HTMLInputElement)
      const box = (part.closest('dialog') ?? document.documentElement).getBoundingClientRect()
      return left < box.left - 1 || right > box.right + 1 || (isShownWhole && part.scrollWidth > part.clientWidth + 1)
    })
    const told = found.map(
      ({ tagName, className, textContent }) => `${tagName} ${className} ${textContent?.slice(0, 60)}`,
    )
    return told
  })

const fits = async (page: Page, what: string) => {
  expect.soft(await outside(page), what).toEqual([])
  await fitsPhone(page, `long-${what}`)
}

test.each(names)('the room of %s, its notes, its people and its questions', async (name) => {
  const host = await house.stage.guest(name)
  const { code } = await house.stage.call(
    'rooms/create',
    { is_private: false, entry_mode: null, name: 'M'.repeat(40), media: film() },
    host,
  )
  const other = `${name}x`
  const bo = await house.stage.member(code, other)
  const { page } = await house.enter(code, host, onPhone)
  await house.stage.call('rooms/transfer', { room_id: code, user_id: bo.id }, host)
  await page.getByText(de.hands.offerOpen(other)).waitFor()
  await fits(page, 'offer-of-the-host')
  const atBo = await house.enter(code, bo, onPhone)
  await atBo.page.getByRole('button', { name: de.hands.accept }).waitFor()
  await fits(atBo.page, 'offer-to-somebody')
  await page.getByRole('tab', { name: new RegExp(de.panel.people) }).click()
  await page.getByRole('button', { name: de.people.menu(other) }).click()
  await fits(page, 'menu')
  await page.getByRole('button', { name: de.people.ban, exact: true }).click()
  await page.getByRole('dialog').waitFor()
  await fits(page, 'ban')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: de.room.settings }).click()
  await page.getByRole('button', { name: de.audit.open }).click()
  await fits(page, 'settings')
})

test.each(names)('the account of %s, the home page and the door', async (name) => {
  const host = await house.stage.guest(name)
  const { code } = await house.stage.call(
    'rooms/create',
    { is_private: true, entry_mode: 'APPROVAL', name: 'M'.repeat(40), media: film() },
    host,
  )
  const { page } = await house.arrive(host, onPhone)
  await page.goto(`${house.url}/account`)
  await page.getByRole('heading', { name: de.account.keepTitle }).waitFor()
  await fits(page, 'account')
  await page.goto(house.url)
  await page.getByText(de.myRooms.yours).waitFor()
  await fits(page, 'home')
  const guest = await house.arrive(`${name}x`, onPhone)
  await guest.page.goto(`${house.url}/r/${code}`)
  await guest.page.getByRole('button', { name: de.invite.ask }).click()
  await guest.page.getByText(de.invite.waiting).waitFor()
  await fits(guest.page, 'waiting')
})

test('the pages of the administration', async () => {
  const name = 'W'.repeat(40)
  const { code, host } = await house.stage.room({ name: 'M'.repeat(40), media: film() }, name)
  await house.stage.call('rooms/ban', { room_id: code, user_id: (await house.stage.member(code, 'Bo')).id }, host)
  const ada = await administrator(house.stage, 'A'.repeat(30))
  const { page } = await house.arrive(ada, { ...onPhone, isGuest: false })
  for (const path of [
    '',
    '/rooms',
    `/rooms/${code}`,
    '/people',
    `/people/${host.id}`,
    '/networks',
    '/audit',
    '/service',
  ]) {
    await page.goto(`${house.url}/admin${path}`)
    await page.getByRole('link', { name: worte.rooms.title, exact: true }).waitFor()
    await page.locator('.loading').waitFor({ state: 'detached' })
    await fits(page, `admin${path.replaceAll('/', '-')}`)
  }
})
