import { expect, test, vi } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import type { Person } from '../staging/stage.ts'
import { isInside, openPeople, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

const approval = { is_private: true, entry_mode: 'APPROVAL' } as const

/** Somebody who has asked, and waits. */
const ask = async (code: string, name: string) => {
  const guest = await house.arrive(name)
  await guest.page.goto(`${house.url}/r/${code}`)
  await press(guest.page, en.invite.ask)
  await guest.page.getByText(en.invite.waiting).waitFor()
  return guest
}

test('who was removed by mistake is let back with one press, from the note and from the list', async () => {
  const { code, host } = await house.stage.room()
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await openPeople(hana.page)
  const remove = async () => {
    await press(hana.page, en.people.menu('Bo'))
    await press(hana.page, en.people.kick)
    await hana.page.getByRole('dialog').getByRole('button', { name: en.people.kick, exact: true }).click()
    await bo.page.getByRole('heading', { name: en.ended.kicked.title }).waitFor()
    await hana.page.getByText(en.undo.kick('Bo')).waitFor()
  }
  await remove()
  await hana.page.getByRole('heading', { name: en.people.shutOut }).waitFor()
  await looksRight(hana.page, 'undo')
  await press(hana.page, en.undo.submit)
  await hana.page.getByText(en.undo.kick('Bo')).waitFor({ state: 'detached' })
  await hana.page.getByRole('heading', { name: en.people.shutOut }).waitFor({ state: 'detached' })
  await press(bo.page, en.endedAgain)
  await isInside(bo.page)
  await remove()
  // Nobody new is let in since, and Bo has seen that.
  await house.stage.call('rooms/settings', { room_id: code, is_locked: true }, host)
  await press(bo.page, en.endedAgain)
  await bo.page.getByText(en.invite.locked).waitFor()
  await press(hana.page, en.undo.name('Bo'))
  await hana.page.getByRole('heading', { name: en.people.shutOut }).waitFor({ state: 'detached' })
  await press(bo.page, en.invite.lookAgain)
  await isInside(bo.page)
})

test('everybody who waits is declined at once, in the order of asking, and asked back', async () => {
  const { code, host } = await house.stage.room(approval)
  const hana = await house.enter(code, host)
  const guests = []
  for (const name of ['Zoe', 'Bo', 'Mia']) guests.push(await ask(code, name))
  await expect
    .poll(() => hana.page.locator('.request-name').allTextContents())
    .toEqual(['Zoe', 'Bo', 'Mia'].map(en.requests.asks))
  await looksRight(hana.page, 'requests')
  await press(hana.page, en.requests.rejectAll(3))
  await hana.page.getByText(en.undo.several(3)).waitFor()
  for (const { page } of guests) await page.getByText(en.refusals.rejected).waitFor()
  await press(hana.page, en.undo.submit)
  await hana.page.getByText(en.undo.several(3)).waitFor({ state: 'detached' })
  const [zoe] = guests
  if (zoe === undefined) throw new Error('Nobody waits.')
  await press(zoe.page, en.invite.ask)
  await press(hana.page, en.requests.approveName('Zoe'))
  await isInside(zoe.page)
})

test('undoing "Decline all" passes over who is not declined any more, and goes on where it stopped', async () => {
  const { code, host } = await house.stage.room(approval)
  const { page } = await house.enter(code, host)
  const people: Person[] = []
  for (const name of ['Zoe', 'Bo', 'Mia']) people.push(await house.stage.member(code, name))
  const [zoe, ...others] = people
  await press(page, en.requests.rejectAll(3))
  await page.getByText(en.undo.several(3)).waitFor()
  // Asked back by somebody else, and waits again.
  await house.stage.call('rooms/unban', { room_id: code, user_id: zoe?.id }, host)
  await house.stage.call('rooms/join', { code }, zoe)
  const asked: string[] = []
  await page.route('**/api/rooms/unban', async (route) => {
    asked.push(route.request().postDataJSON().user_id)
    const refusal = { error: 'Slow down.', code: 'too_fast', retry_after: 1 }
    await (asked.length === 3 ? route.fulfill({ status: 429, json: refusal }) : route.continue())
  })
  await press(page, en.undo.submit)
  await page.locator('.undo-note .action-failure p').waitFor()
  await press(page, en.undo.submit)
  await page.getByText(en.undo.several(3)).waitFor({ state: 'detached' })
  const ids = people.map(({ id }) => id)
  expect(asked).toEqual([...ids, ids[2]])
  for (const person of others)
    expect(await house.stage.call('rooms/join', { code }, person)).toMatchObject({ status: 'PENDING' })
})

test('a reload goes on waiting; withdrawing and asking again waits first, and says so', async () => {
  const { code, host } = await house.stage.room(approval)
  const hana = await house.enter(code, host)
  const { page } = await ask(code, 'Bo')
  await looksRight(page, 'waiting')
  // The network fails at the first question after the reload.
  let asked = 0
  await page.route(/\/rooms\/join$/, (route) => {
    asked += 1
    return asked === 1 ? route.abort() : route.continue()
  })
  await page.reload()
  await vi.waitUntil(() => asked > 1, 15_000)
  await page.getByText(en.invite.waiting).waitFor()
  await press(page, en.invite.stopWaiting)
  await press(page, en.invite.ask)
  await page.getByText(en.invite.tooSoon).waitFor()
  await page.getByText(en.invite.waiting).waitFor()
  await press(hana.page, en.requests.approveName('Bo'))
  await isInside(page)
})

test('[R32] who waits goes on asking where the browser stops the timers of a hidden tab', async () => {
  const { code } = await house.stage.room(approval)
  const { page } = await ask(code, 'Bo')
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  for (let asked = 0; asked < 2; asked += 1) await page.waitForRequest(/\/rooms\/join$/, { timeout: 15_000 })
})

test('a second tab of who waits says so at once, and withdrawing in one of them ends it in both', async () => {
  const { code, host } = await house.stage.room(approval)
  const hana = await house.enter(code, host)
  const bo = await ask(code, 'Bo')
  await hana.page.locator('.request').waitFor()
  const second = await bo.context.newPage()
  await second.goto(`${house.url}/r/${code}`)
  await second.getByText(en.invite.waiting).waitFor()
  await looksRight(second, 'waiting-second-tab')
  await press(second, en.invite.stopWaiting)
  for (const page of [second, bo.page]) await page.getByRole('button', { name: en.invite.ask }).waitFor()
  await hana.page.locator('.request').waitFor({ state: 'detached' })
  // Long enough for a tab that had gone on asking to be heard.
  house.stage.elapse(11_000)
  await bo.page.waitForTimeout(5_000)
  await expect(hana.page.locator('.request').count()).resolves.toBe(0)
  await press(bo.page, en.invite.ask)
  await press(hana.page, en.requests.rejectName('Bo'))
  await bo.page.getByText(en.refusals.rejected).waitFor()
  // Whose wish is over is asked whether to ask again.
  const third = await bo.context.newPage()
  await third.goto(`${house.url}/r/${code}`)
  await third.getByRole('button', { name: en.invite.ask }).waitFor()
  await expect(third.getByText(en.refusals.rejected).count()).resolves.toBe(0)
})

test('who waits and closes the tab is dropped from the list after a good minute', async () => {
  const { code, host } = await house.stage.room(approval)
  const hana = await house.enter(code, host)
  const bo = await ask(code, 'Bo')
  await hana.page.locator('.request').waitFor()
  await bo.context.close()
  await hana.page.locator('.request').waitFor({ state: 'detached', timeout: 100_000 })
}, 150_000)

test('a locked room says so before anybody types a password, and who waited meets what it asks for now', async () => {
  const { code, host } = await house.stage.room(approval)
  const hana = await house.enter(code, host)
  const bo = await ask(code, 'Bo')
  await openPeople(hana.page)
  await hana.page.getByRole('switch', { name: en.people.lock }).click()
  await bo.page.getByText(en.invite.locked).waitFor()
  await bo.page.getByText(en.invite.changed).waitFor()
  await hana.page.locator('.request').waitFor({ state: 'detached' })
  const cy = await house.arrive('Cy')
  await cy.page.goto(`${house.url}/r/${code}`)
  await cy.page.getByText(en.invite.locked).waitFor()
  await looksRight(cy.page, 'locked')
  await press(hana.page, en.room.settings)
  const lock = hana.page.getByRole('dialog').getByRole('switch', { name: en.people.lock })
  expect(await lock.isChecked()).toBe(true)
  await lock.click()
  await hana.page.getByRole('radio', { name: en.entry.password }).check()
  await press(hana.page, en.settings.save)
  const password = await hana.page.getByRole('dialog').getByLabel(en.invite.password).inputValue()
  await press(cy.page, en.invite.lookAgain)
  await cy.page.getByLabel(en.invite.password).fill(password)
  await press(cy.page, en.invite.join)
  await isInside(cy.page)
})

test.each(['en-GB', 'de-DE'] as const)(
  'who comes to a door behind which nobody is reads so, and what to do next: %s',
  async (locale) => {
    const words = locale === 'de-DE' ? de : en
    const { code, host } = await house.stage.room(approval)
    const { page } = await house.arrive('Bo', { locale })
    await page.goto(`${house.url}/r/${code}`)
    await press(page, words.invite.ask)
    await page.getByText(words.invite.nobodyThere('Hana')).waitFor()
    await page.getByRole('link', { name: words.makeYourOwn }).waitFor()
    await looksRight(page, `nobody-there-${locale}`)
    // A room that lets nobody in is no better for waiting at its door.
    await house.stage.call('rooms/settings', { room_id: code, is_locked: true }, host)
    await page.getByText(words.invite.locked).waitFor()
    await page.getByText(words.invite.nobodyUnlocks('Hana')).waitFor()
    await looksRight(page, `nobody-unlocks-${locale}`)
    await page.getByRole('link', { name: words.makeYourOwn }).click()
    await page.getByRole('heading', { name: words.home.title }).waitFor()
  },
)

test('who waits while the room opens comes in by itself', async () => {
  const { code, host } = await house.stage.room(approval)
  const bo = await ask(code, 'Bo')
  await house.stage.call('rooms/settings', { room_id: code, is_private: false }, host)
  await isInside(bo.page)
})

test('a password that the host chose lets in as people type it, and the settings show it while this tab knows it', async () => {
  const { page } = await house.arrive('Hana')
  await page.goto(house.url)
  await page.locator('.more summary').click()
  await page.getByRole('radio', { name: en.entry.password }).check()
  await page.getByLabel(en.entry.choosePassword).fill('- 7 chars')
  await page.getByText(en.entry.passwordShort(8)).waitFor()
  await press(page, en.create.submit)
  await page.getByLabel(en.entry.choosePassword).fill('Movie night 2026')
  await press(page, en.create.submit)
  await isInside(page)
  const code = page.url().slice(-6)
  await page.reload()
  await press(page, en.room.settings)
  const shown = page.getByRole('dialog').getByLabel(en.invite.password)
  expect(await shown.inputValue()).toBe('Movie night 2026')
  await looksRight(page, 'settings-password')
  await page.keyboard.press('Escape')
  const bo = await house.arrive('Bo')
  // The full stop of the sentence in which the link stood.
  await bo.page.goto(`${house.url}/r/${code}.`)
  await bo.page.getByLabel(en.invite.password).fill('movie-night 2026')
  await press(bo.page, en.invite.join)
  await isInside(bo.page)
  // Another tab of the host does not know it, and says so.
  await page.evaluate((name) => sessionStorage.removeItem(`streamit.password.${name}`), code)
  await page.reload()
  await press(page, en.room.settings)
  await page.getByText(en.settings.passwordGone).waitFor()
  await page.getByLabel(en.entry.choosePassword).fill('Popcorn time')
  await press(page, en.settings.save)
  await expect.poll(() => shown.inputValue()).toBe('Popcorn time')
})
