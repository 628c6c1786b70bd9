import { afterAll, afterEach, beforeAll, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, type House, hears, isInside, openHouse, press, say } from '../browser/house.ts'
import { type Gate, openGate } from '../staging/gate.ts'

let house: House
let gate: Gate
beforeAll(async () => {
  house = await openHouse()
  gate = await openGate(house.url)
})
// Films that play on in the windows of one test slow the next.
afterEach(() => house.clear())
afterAll(async () => {
  await gate.close()
  await house.close()
})

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
