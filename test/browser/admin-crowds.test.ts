import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { en as words } from '../../web/admin/strings/en.ts'
import { administrator } from '../staging/administrator.ts'
import { fillRoom, lastId, putMember } from '../staging/crowd.ts'
import { type House, hears, openHouse, press, say } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterEach(() => house.clear())
afterAll(() => house.close())

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
