import { setTimeout as wait } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, areOnOnePicture, hears, isInside, isPaused, isTold, press, say, setUpHouse } from './house.ts'

const house = setUpHouse()

const openRoom = () => house.stage.room({ media: { url: house.sample, title: null, duration: 180 }, name: 'Watching' })

test('three browsers play, pause and seek as one', async () => {
  const { code, host } = await openRoom()
  const [ana, bo, cy] = await Promise.all([house.enter(code, host), house.enter(code, 'Bo'), house.enter(code, 'Cy')])
  await press(ana.page, en.controls.play)
  await areInStep(ana.page, bo.page, cy.page)
  await isTold(bo.page, en.narrator.played('Hana'))

  await ana.page.keyboard.press('Space')
  await areOnOnePicture(ana.page, bo.page, cy.page)

  await ana.page.getByLabel(en.controls.position).focus()
  await ana.page.keyboard.press('End')
  await Promise.all([ana, bo, cy].map(({ page }) => isPaused(page, 180)))
  await ana.page.keyboard.press('Home')
  await Promise.all([ana, bo, cy].map(({ page }) => isPaused(page, 0)))

  // A participant has no way to move the room: neither a button nor a key.
  await expect(bo.page.getByRole('button', { name: en.controls.play, exact: true }).count()).resolves.toBe(0)
  await bo.page.keyboard.press('Space')
  await bo.page.keyboard.press('ArrowRight')
  await isPaused(ana.page, 0)
  await bo.page
    .getByText(en.controls.drives(['Hana']))
    .first()
    .waitFor()
})

test('who comes late, and who reloads, is where the room is', async () => {
  const { code, host } = await openRoom()
  const ana = await house.enter(code, host)
  await press(ana.page, en.controls.play)
  await areInStep(ana.page)
  const late = await house.enter(code, 'Late')
  await areInStep(late.page)
  await late.page.reload()
  await isInside(late.page)
  await areInStep(ana.page, late.page)
  await ana.page.reload()
  await isInside(ana.page)
  await areInStep(ana.page, late.page)
})

test('another video replaces the one before for everybody', async () => {
  const { code, host } = await house.stage.room()
  const [ana, bo] = await Promise.all([house.enter(code, host), house.enter(code, 'Bo')])
  await bo.page.getByText(en.stage.emptyNote(['Hana'])).waitFor()
  await press(ana.page, en.link.useSample)
  await press(ana.page, en.stage.choose)
  await Promise.all([ana, bo].map(({ page }) => isPaused(page, 0)))
  await press(ana.page, en.controls.play)
  await areInStep(ana.page, bo.page)
  await press(ana.page, en.room.settings)
  await ana.page.getByLabel(en.link.label).fill(`${house.sample}?again`)
  await press(ana.page, en.settings.save)
  await Promise.all([ana, bo].map(({ page }) => page.locator('video[src$="?again"]').waitFor()))
  await Promise.all([ana, bo].map(({ page }) => isPaused(page, 0)))
})

// In Firefox this leaves the sockets open: see test/firefox/offline.test.ts.
test.skipIf(inject('browser') === 'firefox')(
  'a lost network is shown, and what was said meanwhile comes with its return',
  async () => {
    const { code, host } = await openRoom()
    const [ana, bo] = await Promise.all([house.enter(code, host), house.enter(code, 'Bo')])
    await press(ana.page, en.controls.play)
    await areInStep(ana.page, bo.page)
    await bo.context.setOffline(true)
    const twentySeconds = wait(20_000)
    await bo.page.locator('.sync-badge[data-status=reconnecting]').waitFor()
    await say(ana.page, 'Are you still there?')
    await twentySeconds
    await bo.context.setOffline(false)
    await hears(bo.page, 'Are you still there?')
    await areInStep(ana.page, bo.page)
  },
)

test("the host's second tab may close without anybody noticing", async () => {
  const { code, host } = await openRoom()
  const [ana, bo] = await Promise.all([house.enter(code, host), house.enter(code, 'Bo')])
  const second = await ana.context.newPage()
  await second.goto(`${house.url}/r/${code}`)
  await isInside(second)
  await press(ana.page, en.controls.play)
  await areInStep(bo.page)
  await second.close()
  await house.stage.settled()
  await areInStep(ana.page, bo.page)
  await expect(bo.page.locator('.tab-count').textContent()).resolves.toBe('2')
})

test('keys do what the list of keys says', async () => {
  const { code, host } = await openRoom()
  const { page } = await house.enter(code, host)
  await isPaused(page, 0)
  await page.keyboard.press('ArrowRight')
  await isPaused(page, 5)
  await page.keyboard.press('m')
  await page.getByRole('button', { name: en.controls.unmute }).waitFor()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.evaluate(() => document.querySelector('video')?.volume)).toBeCloseTo(0.95)
  await page.keyboard.press('Enter')
  await page.locator('[data-composer]:focus').waitFor()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-composer]:focus').count()).resolves.toBe(0)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: en.help.title }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('f')
  await page.getByRole('button', { name: en.controls.exitFullscreen }).waitFor()
  await page.keyboard.press('f')
  await page.getByRole('button', { name: en.controls.fullscreen }).waitFor()
})

/** Somebody whose browser starts no video before they touch the page. */
const arriveUntouched = async (code: string) => {
  const bo = await house.arrive(await house.stage.member(code, 'Bo'))
  // The driver's own calls count as a touch of the page, so that the browser itself never refuses here.
  await bo.context.addInitScript(() => {
    let isTouched = false
    addEventListener('pointerdown', (event) => (isTouched ||= event.isTrusted), true)
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function () {
      return isTouched ? play.call(this) : Promise.reject(new DOMException('Not touched yet.', 'NotAllowedError'))
    }
  })
  await bo.page.goto(`${house.url}/r/${code}`)
  return bo
}

test('where the browser refuses to start, one tap starts in step', async () => {
  const { code, host } = await openRoom()
  const ana = await house.enter(code, host)
  await press(ana.page, en.controls.play)
  await areInStep(ana.page)
  const bo = await arriveUntouched(code)
  await bo.page.getByText(en.stage.tapToJoin).click()
  await areInStep(ana.page, bo.page)
  await bo.page.getByText(en.stage.tapToJoin).waitFor({ state: 'detached' })
})

test('who writes while the browser refuses to start is told of it, and stays there', async () => {
  const { code, host } = await openRoom()
  const [ana, bo] = [await house.enter(code, host), await arriveUntouched(code)]
  const line = bo.page.getByLabel(en.chat.placeholder, { exact: true })
  await line.focus()
  await press(ana.page, en.controls.play)
  await isTold(bo.page, en.stage.tapToJoin)
  expect(await line.evaluate((field) => field === document.activeElement)).toBe(true)
})

test('a video that cannot be loaded says so, and tries again', async () => {
  const { code, host } = await house.stage.room({
    media: { url: `${house.url}/missing.mp4`, title: null, duration: null },
  })
  const ana = await house.enter(code, host)
  await ana.page.getByText(en.stage.failedHost).waitFor()
  await press(ana.page, en.tryAgain)
  await ana.page.getByText(en.stage.failedHost).waitFor()
})
