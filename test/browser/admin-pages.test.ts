import { test } from 'vitest'
import { de } from '../../web/admin/strings/de.ts'
import { en as words } from '../../web/admin/strings/en.ts'
import { en } from '../../web/strings/en.ts'
import { account, administrator } from '../staging/administrator.ts'
import { press, setUpHouse } from './house.ts'
import { fitsPhone, looksRight } from './looks.ts'

const house = setUpHouse()

/** A service in which something has happened on every page. */
const furnished = async () => {
  const { code, host } = await house.stage.room(
    { name: 'Friday film', media: { url: house.sample, title: null, duration: 180 } },
    'Ana',
  )
  await house.stage.room({ name: 'Trailers' }, 'Mira')
  const bo = await house.stage.member(code, 'Bo')
  const cid = await house.stage.member(code, 'Bartholomew Featherstonehaugh-Cholmonde')
  const sockets = [await house.stage.enter(code, host), await house.stage.enter(code, bo)]
  await house.stage.settled()
  for (const socket of sockets) socket.send({ type: 'CHAT_MESSAGE', message: 'Is everybody comfortable?' })
  await house.stage.settled()
  await house.stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: 600 }, host)
  await house.stage.call('rooms/kick', { room_id: code, user_id: cid.id }, host)
  const { addStats } = await import('../../functions/table/stats.ts')
  const now = house.stage.services.clock()
  for (let nth = 1; nth < 12; nth += 1) {
    const messages = 40 + ((nth * 37) % 60)
    const delivered = { delivered_100: nth * 9, delivered_200: nth * 4, delivered_400: 1 }
    const refused = { refused_wrong_password: nth % 4, refused_too_fast: nth % 3 }
    const counts = { messages, commands: 30 + ((nth * 53) % 50), greetings: 12 + (nth % 5), ...delivered, ...refused }
    await addStats(counts, now - nth * 300_000)
  }
  const ada = await administrator(house.stage, 'Ada')
  const mira = await account(house.stage, 'Mira')
  await house.stage.call('admin/ban-person', { user_id: mira.id }, ada)
  await house.stage.call('admin/ban-network', { address: '192.0.2.7', days: 30, note: 'The hotel at the station' }, ada)
  return { ada, mira, code }
}

test('the administration', async () => {
  const { ada, mira, code } = await furnished()
  const { page } = await house.arrive(ada, { isGuest: false })
  const shows = async (path: string, heading: string) => {
    await page.goto(`${house.url}/admin${path}`)
    await page.getByRole('heading', { name: heading, exact: true }).waitFor()
    await page.locator('.loading').waitFor({ state: 'detached' })
  }
  await shows('', words.now.title)
  await page.getByText(words.now.asTable).click()
  await looksRight(page, 'admin-now')
  await shows('/rooms', words.rooms.title)
  await looksRight(page, 'admin-rooms')
  await page.goto(`${house.url}/admin/rooms?search=nobody`)
  await page.getByText(words.rooms.empty).waitFor()
  await looksRight(page, 'admin-rooms-empty')
  await shows(`/rooms/${code}`, 'Friday film')
  await looksRight(page, 'admin-room')
  await press(page, words.room.end)
  await looksRight(page, 'admin-room-question')
  await shows('/people', words.people.title)
  await looksRight(page, 'admin-people')
  await shows(`/people/${mira.id}`, 'Mira')
  await looksRight(page, 'admin-person')
  await press(page, words.person.reset)
  await page.getByRole('dialog').getByRole('button', { name: words.person.reset }).click()
  await page.getByLabel(words.person.resetLink, { exact: true }).waitFor()
  await looksRight(page, 'admin-reset-link')
  await shows('/networks', words.networks.title)
  await looksRight(page, 'admin-networks')
  await shows('/audit', words.audit.title)
  await looksRight(page, 'admin-audit')
  await shows('/service', words.service.title)
  await page.getByRole('textbox', { name: words.service.noticeField }).fill('x'.repeat(301))
  await looksRight(page, 'admin-service')
  await page.route('**/api/admin/networks*', (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(`${house.url}/admin/networks`)
  await page.getByRole('button', { name: en.tryAgain }).waitFor()
  await looksRight(page, 'admin-failure')
  const stranger = await house.arrive('Bo')
  await stranger.page.goto(`${house.url}/admin`)
  await stranger.page.getByText(words.notAdmin.text('Bo')).waitFor()
  await looksRight(stranger.page, 'admin-stranger')
})

test('the administration in German, on a phone', async () => {
  const { ada, mira, code } = await furnished()
  const { page } = await house.arrive(ada, { isGuest: false, locale: 'de-DE' })
  for (const [path, heading, name] of [
    ['', de.now.title, 'now'],
    ['/rooms?search=Friday', de.rooms.title, 'rooms'],
    [`/rooms/${code}`, 'Friday film', 'room'],
    ['/people', de.people.title, 'people'],
    [`/people/${mira.id}`, 'Mira', 'person'],
    ['/networks', de.networks.title, 'networks'],
  ] as const) {
    await page.goto(`${house.url}/admin${path}`)
    await page.getByRole('heading', { name: heading, exact: true }).waitFor()
    await page.locator('.loading').waitFor({ state: 'detached' })
    await fitsPhone(page, `admin-de-${name}`)
  }
})

test('a notice above the pages, and a new password', async () => {
  const notice =
    `We move house on Friday at nine, for about an hour. ${'Nobody can watch together then. '.repeat(7)}`.trim()
  const { code } = await house.stage.room({ media: { url: house.sample, title: null, duration: 180 } }, 'Ana')
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'))
  await page.route('**/api/service', (route) =>
    route.fulfill({ json: { notice, is_registration_open: true, are_guests_admitted: true, help_contact: null } }),
  )
  for (const [path, name] of [
    ['/', 'home-notice'],
    [`/r/${code}`, 'room-notice'],
    ['/reset#7b9a.secret', 'reset'],
  ] as const) {
    await page.goto(`${house.url}${path}`)
    await page.getByText(notice).waitFor()
    await page.locator('.loading').waitFor({ state: 'detached' })
    await looksRight(page, name)
  }
})
