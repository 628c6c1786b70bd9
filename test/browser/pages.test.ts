import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { de as worte } from '../../web/admin/strings/de.ts'
import { en as words } from '../../web/admin/strings/en.ts'
import { en } from '../../web/strings/en.ts'
import { account, administrator } from '../staging/administrator.ts'
import { areInStep, type House, hears, isInside, openHouse, openPeople, press, say } from './house.ts'
import { looksRight } from './looks.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
// Films that play on in the windows of one test slow the next.
afterEach(() => house.clear())
afterAll(() => house.close())

test('the pages before a room', async () => {
  const { code } = await house.stage.room({ name: 'Friday film', is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
  const locked = await house.stage.room({ name: 'Locked', is_private: true, entry_mode: 'PASSWORD' }, 'Ana')
  const { page } = await house.arrive()
  await page.goto(house.url)
  await page.getByText(en.publicRooms.empty).waitFor()
  await looksRight(page, 'home')
  await page.goto(`${house.url}/sign-in`)
  await page.getByRole('heading', { name: en.signIn.title }).waitFor()
  await looksRight(page, 'sign-in')
  await page.goto(`${house.url}/r/QQQQQQ`)
  await page.getByRole('heading', { name: en.noSuchRoom.title }).waitFor()
  await looksRight(page, 'no-such-room')
  await page.goto(`${house.url}/r/${locked.code}`)
  await page.getByLabel(en.invite.password).waitFor()
  await looksRight(page, 'invite-password')
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel(en.yourName).fill('Bo')
  await press(page, en.invite.ask)
  await page.getByText(en.invite.waitingNote).waitFor()
  await looksRight(page, 'waiting')
  await page.goto(`${house.url}/account`)
  await page.getByRole('heading', { name: 'Bo' }).waitFor()
  await looksRight(page, 'account')
})

test('[H13] /docs shows the contract, by keyboard as well', async () => {
  const { page } = await house.arrive()
  await page.goto(house.url)
  await page.getByRole('link', { name: en.forDevelopers }).click()
  await page.getByRole('heading', { name: 'The contract of StreamIt' }).waitFor()
  await looksRight(page, 'docs')
  await page.goto(`${house.url}/docs#roomsJoin`)
  await looksRight(page, 'docs-call')
  await page.goto(`${house.url}/docs/`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).hash).toBe('#contract')
  await page.locator('#roomsJoin').getByRole('link', { name: 'R4' }).press('Enter')
  expect(await page.locator('#R4:target').innerText()).toMatch(/^R4 POST rooms\/join/)
})

test('the room and its dialogs', async () => {
  const media = { url: house.sample, title: null, duration: 180 }
  const { code, host } = await house.stage.room({ name: 'Friday film', media }, 'Ana')
  await house.stage.room({ name: 'Trailers' }, 'Mira')
  const ana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await say(ana.page, 'Is everybody comfortable?')
  await say(bo.page, 'Very. Which one do we watch?')
  await hears(ana.page, 'Very')
  await say(ana.page, 'The one with the clock.\nIt is a classic.')
  await press(ana.page, en.controls.play)
  await areInStep(ana.page, bo.page)
  await looksRight(ana.page, 'room-host')
  // A film that runs makes every picture of a dialog slow.
  await press(ana.page, en.controls.pause)
  await looksRight(bo.page, 'room-participant')
  await bo.context.close()
  await openPeople(ana.page)
  await press(ana.page, en.people.menu('Bo'))
  await looksRight(ana.page, 'people')
  await press(ana.page, en.room.settings)
  await looksRight(ana.page, 'settings')
  await press(ana.page, en.settings.delete)
  await looksRight(ana.page, 'delete-question')
  await press(ana.page, en.cancel)
  await ana.page.keyboard.press('Escape')
  await press(ana.page, en.room.invite)
  await looksRight(ana.page, 'invite-dialog')
  await ana.page.keyboard.press('Escape')
  await ana.page.keyboard.press('?')
  await looksRight(ana.page, 'keys')
  await ana.page.goto(house.url)
  await ana.page.getByText(en.myRooms.yours).waitFor()
  await looksRight(ana.page, 'home-with-rooms')
})

test('a room without a video, with somebody at the door, and its end', async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
  const ana = await house.enter(code, host)
  const bo = await house.arrive('Bo')
  await bo.page.goto(`${house.url}/r/${code}`)
  await press(bo.page, en.invite.ask)
  await ana.page.getByRole('button', { name: en.requests.approveName('Bo') }).waitFor()
  await looksRight(ana.page, 'empty-room-host')
  await press(ana.page, en.requests.approveName('Bo'))
  await isInside(bo.page)
  await looksRight(bo.page, 'empty-room')
  await house.stage.call('rooms/kick', { room_id: code, user_id: bo.person?.id }, host)
  await bo.page.getByRole('heading', { name: en.ended.kicked.title }).waitFor()
  await looksRight(bo.page, 'removed')
})

test('a name as long as names may be, and a video that cannot be loaded', async () => {
  const media = { url: `${house.url}/missing.mp4`, title: null, duration: null }
  const { code } = await house.stage.room({ name: 'Broken', media }, 'Ana')
  const { page } = await house.enter(code, 'Bartholomew Featherstonehaugh-Cholmonde')
  await page.getByText(en.stage.failed).waitFor()
  await looksRight(page, 'broken-video')
  await page.setViewportSize({ width: 360, height: 740 })
  await press(page, en.tryAgain)
  await page.getByText(en.stage.failed).waitFor()
  await page.goto(house.url)
  await page.getByRole('heading', { name: en.create.title }).waitFor()
  await looksRight(page, 'home-long-name')
})

test('the administration', async () => {
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
  const stranger = await house.arrive('Bo')
  await stranger.page.goto(`${house.url}/admin`)
  await stranger.page.getByText(words.notAdmin.text('Bo')).waitFor()
  await looksRight(stranger.page, 'admin-stranger')
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

test('the same in German', async () => {
  const { code } = await house.stage.room({ name: 'Filmabend' }, 'Ana')
  const { page } = await house.arrive(undefined, { locale: 'de-DE' })
  await page.goto(house.url)
  await page.getByRole('heading', { name: 'Zusammen schauen, egal wo' }).waitFor()
  await looksRight(page, 'home-de')
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel('Dein Name').fill('Bo')
  await press(page, 'Beitreten')
  await isInside(page)
  await looksRight(page, 'empty-room-de')
  const ada = await administrator(house.stage, 'Ada')
  const admin = await house.arrive(ada, { isGuest: false, locale: 'de-DE' })
  for (const section of ['service', 'audit'] as const) {
    await admin.page.goto(`${house.url}/admin/${section}`)
    await admin.page.getByRole('heading', { name: worte[section].title, exact: true }).waitFor()
    await admin.page.locator('.loading').waitFor({ state: 'detached' })
    await looksRight(admin.page, `admin-${section}-de`)
  }
})
