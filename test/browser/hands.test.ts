import { expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { areInStep, areOnOnePicture, hears, isInside, isTold, openPeople, press, say, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

const film = () => ({ url: house.sample, title: 'Film', duration: 180 })

test('[R11] [R25] an offer to somebody who is not there names them, and who comes long after the host takes over at once', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const bo = await house.stage.member(code, 'Bo')
  await house.stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'cohost' }, host)
  const hana = await house.enter(code, host)
  await house.stage.call('rooms/transfer', { room_id: code, user_id: bo.id }, host)
  await hana.page.getByText(en.hands.offerOpen('Bo')).waitFor()
  await house.stage.call('rooms/transfer', { room_id: code, user_id: host.id }, host)
  await hana.context.close()
  const isThere = async () => {
    const { participants } = await house.stage.call('rooms/participants', { room_id: code }, host)
    return participants.find(({ id }) => id === host.id)?.online
  }
  await expect.poll(isThere).toBe(false)
  await house.stage.settled()
  house.stage.elapse(62_000)
  const page = (await house.enter(code, bo)).page
  // A minute of the page's own time would be longer than the test waits.
  await press(page, en.hands.takeOver)
  await page.getByRole('button', { name: en.room.settings }).waitFor()
})

test('[R22] [R25] [R26] a film night goes on when the host’s tab is closed, and the host has it back with one click', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await bo.page.clock.install()
  await bo.page.reload()
  await isInside(bo.page)
  await openPeople(hana.page)
  await press(hana.page, en.people.menu('Bo'))
  await press(hana.page, en.people.appoint.cohost)
  await bo.page.getByText(en.controls.youDrive).first().waitFor()
  await bo.page.locator('.stage-note', { hasText: en.hands.appointed.cohost }).waitFor()
  await isTold(bo.page, en.hands.appointed.cohost)
  await isTold(hana.page, en.activity.appointed.cohost('Bo'))
  await hana.context.close()
  await bo.page.getByText(en.controls.away('Hana')).first().waitFor()
  await house.stage.settled()
  house.stage.elapse(62_000)
  await bo.page.clock.fastForward(62_000)
  await press(bo.page, en.hands.takeOver)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor()
  await press(bo.page, en.controls.play)
  await bo.page.getByRole('button', { name: en.controls.pause }).waitFor()
  await press(bo.page, en.room.leave)
  await bo.page.getByRole('dialog').getByText(en.hostLeaving.standsIn).waitFor()
  await press(bo.page, en.leave.stay)
  const back = await house.enter(code, host)
  await press(back.page, en.room.leave)
  await back.page.getByRole('dialog').getByText(en.leave.givesUp('Bo')).waitFor()
  await press(back.page, en.leave.stay)
  await press(back.page, en.hands.takeBack)
  await back.page.getByRole('button', { name: en.room.settings }).waitFor()
  await expect(house.stage.call('rooms/detail', { code }, host)).resolves.toMatchObject({ host_id: host.id })
})

test.each(['en-GB', 'de-DE'] as const)(
  '[R26] who stands in is offered nothing against the host who may come back, and all of it once they cannot: %s',
  async (locale) => {
    const words = locale === 'de-DE' ? de : en
    const { code, host } = await house.stage.room({ media: film() })
    const bo = await house.stage.member(code, 'Bo')
    const cleo = await house.stage.member(code, 'Cleo')
    for (const { id } of [bo, cleo])
      await house.stage.call('rooms/role', { room_id: code, user_id: id, role: 'cohost' }, host)
    const { page } = await house.enter(code, bo, { locale })
    await house.stage.settled()
    house.stage.elapse(62_000)
    await house.stage.call('rooms/take-over', { room_id: code }, bo)
    const other = await house.enter(code, cleo, { locale })
    await page.getByRole('tab', { name: new RegExp(words.panel.people) }).click()
    const options = page.locator('.person-menu').getByRole('button')
    const menu = () => press(page, words.people.menu('Hana'))
    await menu()
    await expect.poll(() => options.allTextContents()).toEqual([words.people.appoint.cohost, words.people.transfer])
    await looksRight(page, `stood-in-for-${locale}`)
    await menu()
    await other.page.getByRole('tab', { name: new RegExp(words.panel.people) }).click()
    await other.page.locator('.person-name', { hasText: 'Hana' }).waitFor()
    await expect(other.page.getByRole('button', { name: words.people.menu('Hana') }).count()).resolves.toBe(0)
    const dialog = page.getByRole('dialog')
    await press(page, words.room.leave)
    await dialog.getByText(words.hostLeaving.forGood(false)).waitFor()
    await expect(dialog.getByRole('button', { name: words.settings.delete }).count()).resolves.toBe(0)
    await looksRight(page, `standing-in-leaving-${locale}`)
    await page.keyboard.press('Escape')
    await press(page, words.room.settings)
    await dialog.getByRole('button', { name: words.settings.save }).waitFor()
    await expect(dialog.getByRole('button', { name: words.settings.delete }).count()).resolves.toBe(0)
    await page.keyboard.press('Escape')
    const { remove } = await import('../../functions/table/change.ts')
    const { userKey } = await import('../../functions/table/keys.ts')
    // As where a guest was forgotten.
    await remove(userKey(host.id))
    await press(page, words.room.leave)
    await dialog.getByRole('button', { name: words.settings.delete }).waitFor()
    await dialog.getByText(words.hostLeaving.forGood(true)).waitFor()
    await page.keyboard.press('Escape')
    await menu()
    await page.locator('.person-menu').getByRole('button', { name: words.people.kick, exact: true }).waitFor()
  },
)

test.each([
  { who: '[R22] a co-host', control: 'HOSTS', sees: 'cohosts' },
  { who: '[R23] anybody, where everybody may,', control: 'EVERYONE', sees: 'you' },
] as const)(
  'the host’s tab is closed while the film plays: $who pauses and plays, and the others follow',
  async ({ control, sees }) => {
    const { code, host } = await house.stage.room({ media: film() })
    const hana = await house.enter(code, host)
    const bo = await house.enter(code, 'Bo')
    const cleo = await house.enter(code, 'Cleo')
    if (control === 'EVERYONE') await house.stage.call('rooms/settings', { room_id: code, control }, host)
    else await house.stage.call('rooms/role', { room_id: code, user_id: bo.person?.id, role: 'cohost' }, host)
    await press(hana.page, en.controls.play)
    await areInStep(bo.page, cleo.page)
    await hana.context.close()
    await bo.page.getByText(en.stage.away('Hana', 'you')).waitFor()
    await cleo.page.getByText(en.stage.away('Hana', sees)).waitFor()
    await press(bo.page, en.controls.pause)
    await areOnOnePicture(bo.page, cleo.page)
    await press(bo.page, en.controls.play)
    await areInStep(bo.page, cleo.page)
  },
)

test('[R25] a room whose host cannot come back is offered to the member who has been there for the longest', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const bo = await house.enter(code, 'Bo')
  await bo.page.clock.install()
  await bo.page.reload()
  await isInside(bo.page)
  await bo.page.getByText(en.controls.away('Hana')).first().waitFor()
  const { remove } = await import('../../functions/table/change.ts')
  const { userKey } = await import('../../functions/table/keys.ts')
  // As where a guest was forgotten.
  await remove(userKey(host.id))
  await house.stage.settled()
  house.stage.elapse(62_000)
  await bo.page.clock.fastForward(62_000)
  await press(bo.page, en.hands.takeOver)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor()
})

test('[R23] [R27] who may not pause asks with one click; where everybody may, they pause', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await press(hana.page, en.controls.play)
  await press(bo.page, en.hands.askPause)
  await bo.page.getByText(en.hands.asked).waitFor()
  await hana.page.getByText(en.hands.asksForPause('Bo')).waitFor()
  await press(bo.page, en.hands.askPause)
  await bo.page.getByText(en.hands.askedAlready).waitFor()
  await hana.page.locator('.stage-note').getByRole('button', { name: en.controls.pause }).click()
  await hana.page.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
  await press(hana.page, en.room.settings)
  await hana.page.getByRole('switch', { name: en.settings.everyone }).click()
  await press(hana.page, en.settings.save)
  await bo.page.locator('.stage-note', { hasText: en.activity.control(true, 'Hana') }).waitFor()
  await isTold(bo.page, en.activity.control(true, 'Hana'))
  await bo.page.locator('.activity', { hasText: en.activity.control(true, 'Hana') }).waitFor()
  await press(bo.page, en.controls.play)
  await hana.page.getByRole('button', { name: en.controls.pause, exact: true }).waitFor()
})

test('[R24] a room that is offered is taken or declined', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  const offer = () => house.stage.call('rooms/transfer', { room_id: code, user_id: bo.person?.id }, host)
  await offer()
  await hana.page.getByText(en.hands.offerOpen('Bo')).waitFor()
  await press(bo.page, en.hands.decline)
  await bo.page.getByText(en.hands.offered('Hana')).waitFor({ state: 'detached' })
  await hana.page.getByText(en.hands.offerOver('Bo')).waitFor()
  await offer()
  await press(bo.page, en.hands.accept)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor()
  await hana.page.getByRole('button', { name: en.room.settings }).waitFor({ state: 'detached' })
})

test.each(['en-GB', 'de-DE'] as const)(
  '[R8] a host who wants to go reads how, and hands over with one click: %s',
  async (locale) => {
    const words = locale === 'de-DE' ? de : en
    const { code, host } = await house.stage.room({ media: film(), name: 'Friday film with everybody we know' })
    const hana = await house.enter(code, host, { locale })
    await press(hana.page, words.room.leave)
    await hana.page.getByText(words.hostLeaving.nobody(true)).waitFor()
    await hana.page.keyboard.press('Escape')
    const bo = await house.enter(code, 'Bo', { locale })
    const cleo = await house.enter(code, 'Cleo', { locale })
    await house.stage.call('rooms/role', { room_id: code, user_id: cleo.person?.id, role: 'cohost' }, host)
    await press(hana.page, words.room.leave)
    await hana.page.getByText(words.hostLeaving.forGood(true)).waitFor()
    await hana.page.getByRole('button', { name: words.settings.delete }).waitFor()
    const offers = hana.page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(words.hostLeaving.handOver('.+')) })
    await expect.poll(() => offers.allTextContents()).toEqual(['Cleo', 'Bo'].map(words.hostLeaving.handOver))
    await looksRight(hana.page, `host-leaving-${locale}`)
    await press(hana.page, words.hostLeaving.handOver('Bo'))
    await press(bo.page, words.hands.accept)
    await press(hana.page, words.room.leave)
    await press(hana.page, words.leave.submit)
    await expect.poll(() => house.stage.refused('rooms/detail', { code }, host)).toMatchObject({ status: 403 })
  },
)

test('the header of a co-host keeps room for the title on a phone, also while the badge has a word', async () => {
  const name = 'Friday film with everybody we know'
  for (const locale of ['en-GB', 'de-DE']) {
    const { code, host } = await house.stage.room({ media: { ...film(), url: `${house.url}/missing.mp4` }, name })
    const { page, person } = await house.enter(code, 'Bo', { locale })
    await house.stage.call('rooms/role', { room_id: code, user_id: person?.id, role: 'cohost' }, host)
    const words = locale === 'de-DE' ? de : en
    await page.getByRole('button', { name: words.room.settings }).waitFor()
    await page.locator('.sync-badge[data-status=failed]').waitFor()
    await page.evaluate((text) => {
      // The longest word that it has.
      for (const word of document.querySelectorAll('.sync-text')) word.textContent = text
    }, words.sync.catchingUp)
    await looksRight(page, `cohost-header-${locale}`)
    await page.setViewportSize({ width: 360, height: 740 })
    const width = await page.locator('.room-title').evaluate((title) => title.clientWidth)
    expect(width, 'pixels for the title').toBeGreaterThan(110)
  }
})

test('[R11] the host takes an offer of the room back, and is not told that it is over', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  const offered = bo.page.getByText(en.hands.offered('Hana'))
  const offer = () => house.stage.call('rooms/transfer', { room_id: code, user_id: bo.person?.id }, host)
  await offer()
  await offered.waitFor()
  await press(hana.page, en.people.takeOfferBack)
  await offered.waitFor({ state: 'detached' })
  await hana.page.getByText(en.hands.offerOpen('Bo')).waitFor({ state: 'detached' })
  await expect(hana.page.getByText(en.hands.offerOver('Bo')).count()).resolves.toBe(0)
  await offer()
  await openPeople(hana.page)
  await press(hana.page, en.people.menu('Bo'))
  await hana.page.locator('.person-menu').getByRole('button', { name: en.people.takeOfferBack }).click()
  await offered.waitFor({ state: 'detached' })
})

test('[C6] [R41] a co-host clears the chat and reads what was decided', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const bo = await house.enter(code, 'Bo')
  await house.stage.call('rooms/role', { room_id: code, user_id: bo.person?.id, role: 'cohost' }, host)
  await say(bo.page, 'Gone soon')
  await hears(bo.page, 'Gone soon')
  await press(bo.page, en.room.settings)
  await press(bo.page, en.audit.open)
  await bo.page.getByText(en.audit.sentences.appoint('Hana', 'Bo')).waitFor()
  await bo.page.keyboard.press('Escape')
  await press(bo.page, en.settings.clearChat)
  await bo.page.getByRole('dialog').last().getByRole('button', { name: en.settings.clearChat, exact: true }).click()
  await bo.page.locator('.message-text').waitFor({ state: 'detached' })
  // Who is no co-host any more has no settings.
  await house.stage.call('rooms/role', { room_id: code, user_id: bo.person?.id, role: 'participant' }, host)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor({ state: 'detached' })
  await bo.page.getByRole('button', { name: en.room.leave }).waitFor()
})
