import { afterAll, afterEach, beforeAll, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, areOnOnePicture, type House, hears, isInside, openHouse, press, say } from '../browser/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
// Films that play on in the windows of one test slow the next.
afterEach(() => house.clear())
afterAll(() => house.close())

test('a guest in Firefox comes by the link, and watches in step with a host in Chromium', async () => {
  const media = { url: house.sample, title: null, duration: 180 }
  const { code, host } = await house.stage.room({ media, name: 'Friday film' })
  const ana = await house.enter(code, host, { browser: 'chromium' })
  const bo = await house.arrive()
  await bo.page.goto(`${house.url}/r/${code}`)
  await bo.page.getByLabel(en.yourName).fill('Bo')
  await press(bo.page, en.invite.join)
  await isInside(bo.page)
  await press(ana.page, en.controls.play)
  await areInStep(ana.page, bo.page)
  await ana.page.keyboard.press('ArrowRight')
  await areInStep(ana.page, bo.page)
  await press(ana.page, en.controls.pause)
  await areOnOnePicture(ana.page, bo.page)
  await say(bo.page, 'There it is.')
  await hears(ana.page, 'There it is.')
})
