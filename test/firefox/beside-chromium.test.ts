import { test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, areOnOnePicture, hears, isInside, press, say, setUpHouse } from '../browser/house.ts'

const house = setUpHouse()

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

test('the host’s tab is closed: a co-host in Firefox pauses and plays, and a viewer in Chromium follows', async () => {
  const media = { url: house.sample, title: null, duration: 180 }
  const { code, host } = await house.stage.room({ media })
  const hana = await house.enter(code, host, { browser: 'chromium' })
  const cleo = await house.enter(code, 'Cleo', { browser: 'chromium' })
  const bo = await house.enter(code, 'Bo')
  await house.stage.call('rooms/role', { room_id: code, user_id: bo.person?.id, role: 'cohost' }, host)
  await press(hana.page, en.controls.play)
  await areInStep(bo.page, cleo.page)
  await hana.context.close()
  await cleo.page.getByText(en.stage.away('Hana', 'cohosts')).waitFor()
  await press(bo.page, en.controls.pause)
  await areOnOnePicture(bo.page, cleo.page)
  await press(bo.page, en.controls.play)
  await areInStep(bo.page, cleo.page)
})
