import { afterAll, beforeAll, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, hears, isInside, press, say, setUpHouse } from '../browser/house.ts'
import { type Gate, openGate } from '../staging/gate.ts'

const house = setUpHouse()
let gate: Gate
beforeAll(async () => {
  gate = await openGate(house.url)
})
afterAll(() => gate.close())

// Playwright's own way leaves the sockets of Firefox open: here the connections themselves are cut.
test('a lost network is shown, and what was said meanwhile comes with its return', async () => {
  const { code, host } = await house.stage.room({ media: { url: house.sample, title: null, duration: 180 } })
  const ana = await house.enter(code, host)
  const bo = await house.arrive(await house.stage.member(code, 'Bo'))
  await bo.page.goto(`${gate.url}/r/${code}`)
  await isInside(bo.page)
  await press(ana.page, en.controls.play)
  await areInStep(ana.page, bo.page)
  gate.shut()
  await bo.context.setOffline(true)
  await bo.page.locator('.sync-badge[data-status=reconnecting]').waitFor()
  await say(ana.page, 'Are you still there?')
  await hears(ana.page, 'Are you still there?')
  gate.open()
  await bo.context.setOffline(false)
  await hears(bo.page, 'Are you still there?')
  await areInStep(ana.page, bo.page)
})
