import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { hears, isInside, isTold, openPeople, press, say, setUpHouse } from './house.ts'

const house = setUpHouse()

const together = async () => {
  const { code, host } = await house.stage.room({ name: 'Hosted' })
  const ana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await isTold(ana.page, en.narrator.joined('Bo'))
  await openPeople(ana.page)
  return { code, ana, bo }
}

test('a muted person is told for how long, and may write again when unmuted', async () => {
  const { ana, bo } = await together()
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.mute5)
  await ana.page.locator('.muted-badge').waitFor()
  await say(bo.page, 'Hello?')
  await bo.page.getByText(/You are muted/).waitFor()
  await expect(bo.page.getByLabel(en.chat.placeholder, { exact: true }).inputValue()).resolves.toBe('Hello?')
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.unmute)
  await ana.page.locator('.muted-badge').waitFor({ state: 'detached' })
  // Without a message that gets through.
  await bo.page.getByText(en.hands.unmuted).waitFor()
  await bo.page.getByText(/You (are|were) muted/).waitFor({ state: 'detached' })
  // What was refused is still there, and goes out now.
  await bo.page.getByLabel(en.chat.placeholder, { exact: true }).press('Enter')
  await hears(bo.page, 'Hello?')
})

test('[R28] who comes back muted is told so, and when the time is over that they may write again', async () => {
  const { code, host } = await house.stage.room({ media: { url: house.sample, title: 'Film', duration: 180 } })
  const bo = await house.enter(code, 'Bo')
  const about = { room_id: code, user_id: bo.person?.id }
  await house.stage.call('rooms/mute', { ...about, seconds: 300 }, host)
  const told = bo.page.locator('.stage-note', { hasText: 'You were muted' })
  await told.waitFor()
  await bo.page.reload()
  await told.waitFor()
  await expect(bo.page.getByText(en.hands.unmuted).count()).resolves.toBe(0)
  await house.stage.call('rooms/mute', { ...about, seconds: 1 }, host)
  await bo.page.locator('.stage-note', { hasText: en.hands.unmuted }).waitFor()
  await told.waitFor({ state: 'detached' })
})

test('what is typed while a message is on its way is not lost', async () => {
  const { bo } = await together()
  const field = bo.page.getByLabel(en.chat.placeholder, { exact: true })
  await field.focus()
  await bo.page.keyboard.type('first')
  await bo.page.keyboard.press('Enter')
  await bo.page.keyboard.type('second')
  await expect(field.inputValue()).resolves.toBe('second')
  await bo.page.keyboard.press('Enter')
  await hears(bo.page, 'first')
  await hears(bo.page, 'second')
  await field.fill('x'.repeat(501))
  await bo.page.getByText(en.chat.tooLong(1)).waitFor()
})

test('who comes back to the chat sees where the new messages begin', async () => {
  const { ana, bo } = await together()
  await openPeople(bo.page)
  await ana.page.getByRole('tab', { name: new RegExp(en.panel.chat) }).click()
  await say(ana.page, 'Anybody there?')
  const chat = bo.page.getByRole('tab', { name: new RegExp(en.panel.chat) })
  await chat.locator('.badge').waitFor()
  await chat.click()
  await chat.locator('.badge').waitFor({ state: 'detached' })
  await bo.page.locator('.chat-divider.unread').waitFor()
})

test('who writes too fast is told to wait', async () => {
  const { code, bo } = await together()
  if (bo.person === undefined) throw new Error('Bo is nobody.')
  const another = await house.stage.enter(code, bo.person)
  let tries = 0
  await expect
    .poll(async () => {
      // Ten at once are allowed, and one more every 600 ms: on a slow machine the page may come too late to be refused.
      for (let count = 1; count <= 12; count += 1) another.send({ type: 'CHAT_MESSAGE', message: `Message ${count}` })
      tries += 1
      await say(bo.page, `And this? ${tries}`)
      await bo.page
        .locator(`.composer-reason:has-text("Slow"), .message-text:has-text("And this? ${tries}")`)
        .first()
        .waitFor()
      return bo.page.locator('.composer-reason:has-text("Slow")').count()
    })
    .toBe(1)
  // What was refused is not lost.
  await expect
    .poll(() => bo.page.getByLabel(en.chat.placeholder, { exact: true }).inputValue())
    .toBe(`And this? ${tries}`)
})

test('who is muted is shown so by the server’s clock, whatever the time of the host’s device', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  const bo = await house.stage.member(code, 'Bo')
  const { page } = await house.enter(code, host)
  await page.addInitScript(() => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + 3_600_000
  })
  await page.reload()
  await openPeople(page)
  await press(page, en.people.menu('Bo'))
  await press(page, en.people.mute5)
  await page.locator('.muted-badge', { hasText: en.people.muted }).waitFor()
  await press(page, en.people.menu('Bo'))
  await press(page, en.people.unmute)
  await page.locator('.muted-badge').waitFor({ state: 'detached' })
  // A mute that ends by itself.
  await house.stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: 4 }, host)
  await page.reload()
  await openPeople(page)
  await page.locator('.muted-badge').waitFor({ state: 'detached' })
})

test('a removed person is told why and where to go', async () => {
  const { ana, bo } = await together()
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.kick)
  await ana.page.getByRole('dialog').getByRole('button', { name: en.people.kick, exact: true }).click()
  await bo.page.getByRole('heading', { name: en.ended.kicked.title }).waitFor()
  await press(bo.page, en.endedAgain)
  await press(bo.page, en.invite.join)
  await bo.page.getByText(en.refusals.kicked).waitFor()
})

test('a ban is asked about, and can be lifted', async () => {
  const { ana, bo } = await together()
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.ban)
  await ana.page.getByRole('dialog').getByRole('button', { name: en.people.ban, exact: true }).click()
  await bo.page.getByRole('heading', { name: en.ended.banned.title }).waitFor()
  await ana.page.getByRole('heading', { name: en.people.banned }).waitFor()
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.unban)
  await ana.page.getByRole('heading', { name: en.people.banned }).waitFor({ state: 'detached' })
  await bo.page.reload()
  await press(bo.page, en.invite.join)
  await isInside(bo.page)
})

test('the room is handed over, and handed back', async () => {
  const { ana, bo } = await together()
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.transfer)
  await ana.page.getByRole('dialog').getByRole('button', { name: en.people.transfer }).click()
  await press(bo.page, en.hands.accept)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor()
  await ana.page.getByRole('button', { name: en.room.settings }).waitFor({ state: 'detached' })
  await openPeople(bo.page)
  await press(bo.page, en.people.menu('Hana'))
  await press(bo.page, en.people.transfer)
  await bo.page.getByRole('dialog').getByRole('button', { name: en.people.transfer }).click()
  await press(ana.page, en.hands.accept)
  await ana.page.getByRole('button', { name: en.room.settings }).waitFor()
})

test('chat goes off and on for everybody, with the reason in its place', async () => {
  const { ana, bo } = await together()
  await press(ana.page, en.room.settings)
  await ana.page.getByRole('switch', { name: en.settings.chat }).click()
  await press(ana.page, en.settings.save)
  await bo.page.getByText(en.chat.off).waitFor()
  await press(ana.page, en.room.settings)
  await ana.page.getByRole('switch', { name: en.settings.chat }).click()
  await press(ana.page, en.settings.save)
  await say(bo.page, 'Back again')
  await ana.page.getByRole('tab', { name: new RegExp(en.panel.chat) }).click()
  await hears(ana.page, 'Back again')
})

test('what a co-host does while the settings are open stays: only what was changed in them is saved', async () => {
  const { code, host } = await house.stage.room({
    name: 'Hosted',
    media: { url: house.sample, title: 'First', duration: 180 },
  })
  const bo = await house.stage.member(code, 'Bo')
  await house.stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'cohost' }, host)
  const { page } = await house.enter(code, host)
  await press(page, en.room.settings)
  const change = (by: typeof host, asked: object) => house.stage.call('rooms/settings', { room_id: code, ...asked }, by)
  // The last of them is in sight behind the dialog: then the page has heard of all.
  await change(bo, { is_locked: true })
  // The same person in another tab.
  await change(host, { guests_allowed: false, is_chat_enabled: false })
  await change(bo, { media: { url: `${house.sample}?second`, title: 'Second', duration: 180 } })
  await page.locator('.activity', { hasText: 'Second' }).waitFor()
  await page.getByRole('dialog').getByLabel(en.settings.name).fill('Renamed')
  await press(page, en.settings.save)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await house.stage.call('rooms/detail', { code }, host)).toMatchObject({
    ...{ name: 'Renamed', is_locked: true, guests_allowed: false, is_chat_enabled: false },
    media: { title: 'Second' },
  })
})

test('a new password is shown once, and is the one that lets in', async () => {
  const { code, ana } = await together()
  await press(ana.page, en.room.settings)
  await ana.page.getByRole('radio', { name: en.entry.password }).check()
  await press(ana.page, en.settings.save)
  const shown = ana.page.getByRole('dialog').getByLabel(en.invite.password)
  await shown.waitFor()
  const password = await shown.inputValue()
  const cy = await house.arrive('Cy')
  await cy.page.goto(`${house.url}/r/${code}`)
  await cy.page.getByLabel(en.invite.password).fill(password)
  await press(cy.page, en.invite.join)
  await isInside(cy.page)
  // The host finds it again where the sentence beside it says.
  await ana.page.getByText(en.settings.passwordOnce).waitFor()
  await ana.page.reload()
  await press(ana.page, en.room.invite)
  await expect(ana.page.getByLabel(en.invite.password).inputValue()).resolves.toBe(password)
})

test('a password that another tab of the host renewed is not shown any more where it was known', async () => {
  const { page } = await house.arrive('Hana')
  await page.goto(house.url)
  await page.locator('.more summary').click()
  await page.getByRole('radio', { name: en.entry.password }).check()
  await press(page, en.create.submit)
  await isInside(page)
  const code = page.url().slice(-6)
  const dialog = page.getByRole('dialog')
  const shown = dialog.getByLabel(en.invite.password, { exact: true })
  const shows = async (password: string | undefined) => {
    await press(page, en.room.invite)
    await dialog
      .getByText(password === undefined ? en.inviteDialog.passwordForgotten : en.inviteDialog.password)
      .waitFor()
    expect(password === undefined ? await shown.count() : await shown.inputValue()).toBe(password ?? 0)
    await page.keyboard.press('Escape')
  }
  await press(page, en.room.invite)
  const first = await shown.inputValue()
  await page.keyboard.press('Escape')
  const other = await page.context().newPage()
  await other.goto(`${house.url}/r/${code}`)
  await isInside(other)
  await press(other, en.room.settings)
  await other.getByRole('dialog').getByText(en.settings.passwordGone).waitFor()
  // Another setting leaves the password as it is.
  await other.getByRole('dialog').getByLabel(en.settings.name).fill('Renamed')
  await press(other, en.settings.save)
  await page.getByRole('heading', { name: 'Renamed' }).waitFor()
  await shows(first)
  // Open while the other tab renews it.
  await press(page, en.room.settings)
  await dialog.getByText(en.settings.passwordKnown).waitFor()
  await press(other, en.room.settings)
  await press(other, en.settings.newPassword)
  await other.getByRole('dialog').getByText(en.settings.passwordOnce).waitFor()
  await dialog.getByText(en.settings.passwordGone).waitFor()
  await expect(shown.count()).resolves.toBe(0)
  await page.keyboard.press('Escape')
  await shows(undefined)
  await page.reload()
  await isInside(page)
  await shows(undefined)
  await press(page, en.room.settings)
  await press(page, en.settings.newPassword)
  await dialog.getByText(en.settings.passwordOnce).waitFor()
  const newest = await shown.inputValue()
  await other.getByRole('dialog').getByText(en.settings.passwordGone).waitFor()
  await page.keyboard.press('Escape')
  await page.reload()
  await isInside(page)
  await shows(newest)
})

test('a participant leaves, and the host sees it', async () => {
  const { ana, bo } = await together()
  await press(bo.page, en.room.leave)
  await press(bo.page, en.leave.submit)
  await bo.page.getByRole('heading', { name: en.home.title }).waitFor()
  await isTold(ana.page, en.narrator.left('Bo'))
})

test('a deleted room says goodbye to everybody', async () => {
  const { code, ana, bo } = await together()
  await press(ana.page, en.room.settings)
  await press(ana.page, en.settings.delete)
  // Over the settings, the question is narrower: two of one width look like one torn card.
  const widths = await ana.page.locator('dialog[open]').evaluateAll((all) => all.map(({ clientWidth }) => clientWidth))
  const [settings = 0, question = 0] = widths
  expect(question).toBeGreaterThan(0)
  expect(question).toBeLessThan(settings - 64)
  await press(ana.page, en.settings.deleteSubmit)
  await bo.page.getByRole('heading', { name: en.ended.room_deleted.title }).waitFor()
  // Who deleted it is not thanked for watching.
  await ana.page.getByRole('heading', { name: en.ended.room_deleted_own.title }).waitFor()
  await bo.page.goto(`${house.url}/r/${code}`)
  await bo.page.getByRole('heading', { name: en.noSuchRoom.title }).waitFor()
})
