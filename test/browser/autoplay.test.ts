import { afterAll, beforeAll, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, type House, openHouse, press } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ autoplay: 'needs a tap' })
})
afterAll(() => house.close())

test('where the browser refuses to start, one tap starts in step', async () => {
  const { code, host } = await house.stage.room({ media: { url: house.sample, title: null, duration: 180 } })
  const ana = await house.enter(code, host)
  await press(ana.page, en.controls.play)
  await areInStep(ana.page)
  const bo = await house.enter(code, 'Bo')
  await bo.page.getByText(en.stage.tapToJoin).click()
  await areInStep(ana.page, bo.page)
  await bo.page.getByText(en.stage.tapToJoin).waitFor({ state: 'detached' })
})
