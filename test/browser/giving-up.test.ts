import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import type { Person } from '../staging/stage.ts'
import { isInside, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

/** Somebody who waits at a door, and from whom no word of leaving arrives until `heal`. */
const waiting = async (locale: 'en-GB' | 'de-DE' = 'en-GB') => {
  const words = locale === 'de-DE' ? de : en
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const { page, context, person } = await house.arrive('Ana', { locale })
  await page.goto(`${house.url}/r/${code}`)
  await press(page, words.invite.ask)
  await page.getByText(words.invite.waiting).waitFor()
  const left: string[] = []
  await context.route('**/rooms/leave', (route) => {
    left.push(route.request().url())
    return route.abort()
  })
  const heal = () => context.unroute('**/rooms/leave')
  if (person === undefined) throw new Error('Nobody waits.')
  return { code, host, page, context, ana: person, left, heal, words }
}

/** Holds the page's calls to there, until they are let through. */
const holdCall = async (page: Page, where: string): Promise<() => void> => {
  const { promise: held, resolve: letThrough } = Promise.withResolvers<void>()
  await page.route(where, async (route) => {
    await held
    await route.continue()
  })
  return letThrough
}

const statusOf = async (code: string, host: Person, { id }: Person) =>
  (await house.stage.call('rooms/participants', { room_id: code }, host)).participants.find((one) => one.id === id)
    ?.status

const mayAsk = (page: Page) => page.getByRole('button', { name: en.invite.ask, exact: true }).waitFor()

test.each(['en-GB', 'de-DE'] as const)(
  '[R32] who stops asking without a network reads so, and leaves as soon as the network is back: %s',
  async (locale) => {
    const { code, host, page, ana, heal, words } = await waiting(locale)
    await press(page, words.invite.stopWaiting)
    await page.getByRole('button', { name: words.invite.ask, exact: true }).waitFor()
    await page.getByText(words.invite.stopUnheard).waitFor()
    await looksRight(page, `stop-unheard-${locale}`)
    // The host still sees the wish, and lets her in.
    await house.stage.call('rooms/approve', { room_id: code, user_id: ana.id }, host)
    expect(await statusOf(code, host, ana)).toBe('APPROVED')
    await heal()
    await expect.poll(() => statusOf(code, host, ana)).not.toBe('APPROVED')
    await page.getByText(words.invite.stopUnheard).waitFor({ state: 'detached' })
  },
)

test('[R8] who stops asking without a network, and asks again, is not made to leave', async () => {
  const { code, host, page, ana, left, heal } = await waiting()
  await press(page, en.invite.stopWaiting)
  await page.getByText(en.invite.stopUnheard).waitFor()
  await press(page, en.invite.ask)
  await page.getByText(en.invite.waiting).waitFor()
  const before = left.length
  await heal()
  await page.waitForTimeout(8_000)
  expect(left.length).toBe(before)
  await house.stage.call('rooms/approve', { room_id: code, user_id: ana.id }, host)
  await isInside(page)
  await page.waitForTimeout(5_000)
  expect(await statusOf(code, host, ana)).toBe('APPROVED')
})

test('[R8] who asks again in another tab is not made to leave by the one that stopped', async () => {
  const { code, host, page, context, ana, heal } = await waiting()
  await press(page, en.invite.stopWaiting)
  await page.getByText(en.invite.stopUnheard).waitFor()
  const second = await context.newPage()
  await second.goto(`${house.url}/r/${code}`)
  await press(second, en.invite.ask)
  await second.getByText(en.invite.waiting).waitFor()
  await page.getByText(en.invite.stopUnheard).waitFor({ state: 'detached' })
  await heal()
  await house.stage.call('rooms/approve', { room_id: code, user_id: ana.id }, host)
  await isInside(second)
  await page.waitForTimeout(5_000)
  expect(await statusOf(code, host, ana)).toBe('APPROVED')
})

test('[R32] a stop that nobody heard is over with the wish, and goes on on every page until then', async () => {
  const { page, left } = await waiting()
  await page.clock.install()
  await press(page, en.invite.stopWaiting)
  await page.getByText(en.invite.stopUnheard).waitFor()
  await page.locator('.home-link').click()
  await page.getByRole('heading', { name: en.home.title }).waitFor()
  const before = left.length
  await expect.poll(() => left.length).toBeGreaterThan(before)
  await page.goBack()
  await mayAsk(page)
  await page.getByText(en.invite.stopUnheard).waitFor()
  await page.clock.fastForward(61_000)
  await page.getByText(en.invite.stopUnheard).waitFor({ state: 'detached' })
  const after = left.length
  await page.clock.fastForward(10_000)
  await page.waitForTimeout(5_000)
  expect(left.length).toBe(after)
})

test('who comes back while their leave is on its way is at the door again once it has arrived', async () => {
  const { code, host, page, ana, heal } = await waiting()
  await heal()
  const letThrough = await holdCall(page, '**/rooms/leave')
  const leave = page.waitForRequest('**/rooms/leave')
  await press(page, en.invite.stopWaiting)
  await leave
  await house.stage.call('rooms/approve', { room_id: code, user_id: ana.id }, host)
  await page.locator('.home-link').click()
  await page.getByRole('heading', { name: en.home.title }).waitFor()
  const seenAsMember = page.waitForResponse(/\/detail\b/)
  await page.goBack()
  expect((await seenAsMember).status()).toBe(200)
  letThrough()
  await expect.poll(() => statusOf(code, host, ana)).toBe('LEFT')
  await mayAsk(page)
  // It is no page that only passes.
  await page.waitForTimeout(2_000)
  await mayAsk(page)
})

test('[R32] a device that slept over the end of the wish sends no leave when it wakes', async () => {
  const { page, left } = await waiting()
  await page.clock.install()
  await press(page, en.invite.stopWaiting)
  await page.getByText(en.invite.stopUnheard).waitFor()
  const before = left.length
  // In sleep the local clock and the timers stand still, and the date goes on.
  await page.clock.setSystemTime(Date.now() + 61_000)
  await page.getByText(en.invite.stopUnheard).waitFor({ state: 'detached' })
  expect(left.length).toBe(before)
})

test('somebody new who leaves the page before they have a name there does not wait at the door', async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const { page } = await house.arrive()
  const letThrough = await holdCall(page, '**/auth/guest')
  const joins: string[] = []
  page.on('request', (request) => {
    if (/\/rooms\/join\b/.test(request.url())) joins.push(request.url())
  })
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel(en.yourName).fill('Ana')
  const entering = page.waitForRequest('**/auth/guest')
  await press(page, en.invite.ask)
  await entering
  await page.locator('.home-link').click()
  await page.getByRole('heading', { name: en.home.title }).waitFor()
  letThrough()
  await page.locator('.account-name', { hasText: 'Ana' }).waitFor()
  // By then they would have asked, and asked again.
  await page.waitForTimeout(4_000)
  expect(joins).toEqual([])
  const { participants } = await house.stage.call('rooms/participants', { room_id: code }, host)
  expect(participants.filter(({ status }) => status === 'PENDING')).toEqual([])
})
