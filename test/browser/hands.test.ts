import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { type House, isInside, openHouse, openPeople, press } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterEach(() => house.clear())
afterAll(() => house.close())

const film = () => ({ url: house.sample, title: 'Film', duration: 180 })

test('[R22] [R25] [R26] a film night goes on when the host’s tab is closed, and the host has it back with one click', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await bo.page.clock.install()
  await bo.page.reload()
  await isInside(bo.page)
  await openPeople(hana.page)
  await press(hana.page, en.people.menu('Bo'))
  await press(hana.page, en.people.appoint)
  await bo.page.getByText(en.controls.youDrive).first().waitFor()
  await hana.context.close()
  await bo.page.getByText(en.controls.away('Hana')).first().waitFor()
  await house.stage.settled()
  house.stage.elapse(62_000)
  await bo.page.clock.fastForward(62_000)
  await press(bo.page, en.hands.takeOver)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor()
  await press(bo.page, en.controls.play)
  await bo.page.getByRole('button', { name: en.controls.pause }).waitFor()
  const back = await house.enter(code, host)
  await press(back.page, en.hands.takeBack)
  await back.page.getByRole('button', { name: en.room.settings }).waitFor()
  await expect(house.stage.call('rooms/detail', { code }, host)).resolves.toMatchObject({ host_id: host.id })
})

test('[R23] [R27] who may not pause asks with one click; where everybody may, they pause', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await press(hana.page, en.controls.play)
  await press(bo.page, en.hands.askPause)
  await hana.page.getByText(en.hands.asksForPause('Bo')).waitFor()
  await hana.page.locator('.stage-note').getByRole('button', { name: en.controls.pause }).click()
  await hana.page.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
  await press(hana.page, en.room.settings)
  await hana.page.getByRole('switch', { name: en.settings.everyone }).click()
  await press(hana.page, en.settings.save)
  await press(bo.page, en.controls.play)
  await hana.page.getByRole('button', { name: en.controls.pause, exact: true }).waitFor()
})

test('[R24] a room that is offered is taken or declined', async () => {
  const { code, host } = await house.stage.room({ media: film() })
  const hana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  const offer = () => house.stage.call('rooms/transfer', { room_id: code, user_id: bo.person?.id }, host)
  await offer()
  await press(bo.page, en.hands.decline)
  await bo.page.getByText(en.hands.offered('Hana')).waitFor({ state: 'detached' })
  await offer()
  await press(bo.page, en.hands.accept)
  await bo.page.getByRole('button', { name: en.room.settings }).waitFor()
  await hana.page.getByRole('button', { name: en.room.leave }).waitFor()
})
