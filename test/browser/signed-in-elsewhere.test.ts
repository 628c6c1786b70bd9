import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import type { Person } from '../staging/stage.ts'
import { isInside, press, setUpHouse } from './house.ts'

const house = setUpHouse()

/** Somebody who waits at a door, and another tab of the same browser. */
const waiting = async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const bo = await house.arrive('Bo')
  await bo.page.goto(`${house.url}/r/${code}`)
  await press(bo.page, en.invite.ask)
  await bo.page.getByText(en.invite.waiting).waitFor()
  const other = await bo.context.newPage()
  await other.goto(house.url)
  if (bo.person === undefined) throw new Error('Nobody waits.')
  return { code, host, bo: bo.person, page: bo.page, other }
}

const signIn = (page: Page, { id, name, token }: Person) =>
  page.evaluate(
    (account) => localStorage.setItem('streamit.account', account),
    JSON.stringify({ token, id, name, isGuest: true }),
  )
const kept = (page: Page, key: string) => page.evaluate((name) => localStorage.getItem(name) ?? '', key)

test('a wait at the door ends where another tab signs in as somebody else, and nothing is done in their name', async () => {
  const { code, host, bo, page, other } = await waiting()
  const xena = await house.stage.guest('Xena')
  await signIn(other, xena)
  await page.getByText(en.invite.as('Xena')).waitFor()
  await house.stage.call('rooms/approve', { room_id: code, user_id: bo.id }, host)
  // As long as two questions of a wait that had gone on.
  await page.waitForTimeout(9_000)
  await page.getByText(en.invite.as('Xena')).waitFor()
  expect(await kept(page, `streamit.waits.${code}`)).not.toContain(xena.id)
  const { participants } = await house.stage.call('rooms/participants', { room_id: code }, host)
  expect(participants.map(({ id }) => id)).not.toContain(xena.id)
  // Their own way in is open.
  await press(page, en.invite.ask)
  await page.getByText(en.invite.waiting).waitFor()
  await house.stage.call('rooms/approve', { room_id: code, user_id: xena.id }, host)
  await isInside(page)
})

test('who is a member comes in where somebody else waited', async () => {
  const { code, host, page, other } = await waiting()
  const mia = await house.stage.member(code, 'Mia')
  await house.stage.call('rooms/approve', { room_id: code, user_id: mia.id }, host)
  await signIn(other, mia)
  await isInside(page)
})

test('[H6] a wait is given up where another tab signs in as somebody else, and its late answer costs them nothing', async () => {
  const { page, other } = await waiting()
  const xena = await house.stage.guest('Xena')
  let answer = () => {}
  await page.route('**/rooms/join', async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    await route.fulfill({ status: 401, json: { error: 'Sign in.', code: 'unauthorized' } }).catch(() => {})
  })
  await page.waitForRequest('**/rooms/join')
  await signIn(other, xena)
  await page.locator('.account-name', { hasText: 'Xena' }).waitFor()
  answer()
  await page.waitForTimeout(1_000)
  expect(await kept(page, 'streamit.account')).toContain(xena.token)
  await page.getByText(en.invite.as('Xena')).waitFor()
})
