import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { en as words } from '../../web/admin/strings/en.ts'
import { en } from '../../web/strings/en.ts'
import { administrator } from '../staging/administrator.ts'
import { fillRoom, lastId, putMember } from '../staging/crowd.ts'
import { hears, press, say, setUpHouse } from './house.ts'

const house = setUpHouse()

const administration = async (path: string) => {
  const ada = await administrator(house.stage, 'Ada')
  const { page } = await house.arrive(ada, { isGuest: false })
  await page.goto(`${house.url}/admin${path}`)
  return page
}

test('in a large room who waits is seen, and who is there or wrote is muted and removed where they are seen', async () => {
  const { code } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  await fillRoom(house.stage, code)
  const bo = await house.enter(code, 'Bo')
  house.stage.elapse(61_000)
  await say(bo.page, 'Buy my watches')
  await hears(bo.page, 'Buy my watches')
  const [people, chat] = [`Bo (${words.room.places.people})`, `Bo (${words.room.places.chat})`]
  await putMember(house.stage, code, { id: lastId(code), name: 'Zoe', status: 'PENDING' })
  const page = await administration(`/rooms/${code}`)
  const section = (name: string) => page.getByRole('region', { name, exact: true })
  await section(words.room.waiting).getByRole('link', { name: 'Zoe' }).waitFor()
  await press(page, words.room.muteName(chat))
  await page.getByRole('dialog').getByRole('button', { name: words.room.mute, exact: true }).click()
  await page.locator('.admin-done', { hasText: words.room.muted('Bo') }).waitFor()
  await section(words.room.people)
    .getByRole('button', { name: words.room.unmuteName(people) })
    .waitFor()
  const named = await page.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel ?? one.textContent))
  expect(named.toSorted()).toEqual([...new Set(named)].toSorted())
  await press(page, words.room.removeName(people))
  await page.getByRole('dialog').getByRole('button', { name: words.room.remove, exact: true }).click()
  await page.locator('.admin-done', { hasText: words.room.removed('Bo') }).waitFor()
  await section(words.room.people).getByText(words.room.nobody).waitFor()
})

test('of a person every room is read, with those that banned them, and that their network is banned', async () => {
  const bo = await house.stage.guest('Bo')
  for (let nth = 0; nth < 26; nth += 1) {
    const { code } = await house.stage.room({ name: `Room ${nth}` })
    await house.stage.call('rooms/join', { code }, bo)
    house.stage.elapse(1)
  }
  const { code, host } = await house.stage.room({ name: 'Strict' })
  await house.stage.call('rooms/join', { code }, bo)
  await house.stage.call('rooms/ban', { room_id: code, user_id: bo.id }, host)
  const page = await administration(`/people/${bo.id}`)
  const strict = page.locator('.admin-rows li', { hasText: 'Strict' })
  await strict.getByText(words.room.statuses.BANNED).waitFor()
  expect(await page.locator('.admin-rows li').count()).toBe(25)
  await press(page, words.showMore)
  await page.getByRole('link', { name: 'Room 0', exact: true }).waitFor()
  expect(await page.locator('.admin-rows li').count()).toBe(27)
  await press(page, words.person.banNetwork)
  await page.getByRole('dialog').getByRole('button', { name: words.person.banNetwork, exact: true }).click()
  await page.getByRole('link', { name: /^banned until / }).click()
  await page.getByText(words.networks.note).waitFor()
  await press(page, words.networks.unbanName('Bo'))
  await page.getByRole('dialog').getByRole('button', { name: words.networks.unban, exact: true }).click()
  await page.getByText(words.networks.empty).waitFor()
})

test('the order of rooms is chosen where it holds, and nothing is offered in a room that has ended', async () => {
  const { code, host } = await house.stage.room({ name: 'Over' }, 'Ana')
  const bo = await house.enter(code, 'Bo')
  house.stage.elapse(61_000)
  await say(bo.page, 'Good night')
  await hears(bo.page, 'Good night')
  await house.stage.call('rooms/delete', { room_id: code }, host)
  const page = await administration('/rooms?sort=people')
  const sort = page.getByLabel(words.rooms.sort)
  expect(await sort.isEnabled()).toBe(true)
  await page.getByLabel(words.rooms.state).selectOption('ended')
  await page.getByText(words.rooms.orders.age).waitFor()
  expect(await sort.isDisabled()).toBe(true)
  await page.getByLabel(words.rooms.search).fill('over')
  await page.keyboard.press('Enter')
  await page.getByText(words.rooms.orders.name).waitFor()
  await page.getByRole('link', { name: 'Over', exact: true }).click()
  await page.getByText('Good night').waitFor()
  expect(await page.getByRole('button', { name: words.room.removeMessage }).count()).toBe(0)
})

test('an export whose page did not come goes on from there', async () => {
  const { code, host } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  const bo = await house.stage.member(code, 'Bo')
  const about = { room_id: code, user_id: bo.id }
  for (let nth = 0; nth < 30; nth += 1) {
    await house.stage.call('rooms/mute', { ...about, seconds: 60 }, host)
    await house.stage.call('rooms/unmute', about, host)
    // [R37] Nobody decides so much at once.
    house.stage.elapse(1_000)
  }
  const page = await administration(`/audit?room=${code}`)
  await page.getByRole('button', { name: words.showMore }).waitFor()
  const asked: string[] = []
  await page.route('**/api/admin/audit*', (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('cursor') ?? 'first')
    return asked.length === 2 ? route.fulfill({ status: 503, body: '' }) : route.continue()
  })
  await press(page, words.audit.exportAll)
  await page.getByText(en.refusals.unavailable).waitFor()
  await page.getByText(words.audit.exporting(50)).waitFor()
  const downloading = page.waitForEvent('download')
  await press(page, en.tryAgain)
  const text = await readFile(await (await downloading).path(), 'utf8')
  await page.getByText(words.audit.exported(60)).waitFor()
  expect(new Set(text.trim().split('\r\n')).size).toBe(61)
  expect(asked).toEqual(['first', asked[1], asked[1]])
})
