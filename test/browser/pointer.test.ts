import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { enterAsHost, middleOf } from './commands.ts'
import { areInStep, hears, press, say, setUpHouse } from './house.ts'

// The room is moved by presses that mean it, and by no other.

const house = setUpHouse()

/** The button goes down at the one place and up at the other. */
const drag = async (page: Page, from: string, to: string): Promise<void> => {
  const [start, end] = [await middleOf(page, from), await middleOf(page, to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps: 5 })
  await page.mouse.up()
}

test('the main button plays by a press and a release on the picture, and no other button does', async () => {
  const { page, commands } = await enterAsHost(house)
  for (const button of ['right', 'middle'] as const) await page.locator('.shield').click({ button })
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
  await page.locator('.shield').click()
  await expect.poll(commands).toEqual(['PLAY'])
  await page.locator('.shield').click({ button: 'right' })
  await page.locator('.shield').click()
  await expect.poll(commands).toEqual(['PLAY', 'PAUSE'])
})

test('what is dragged to over the picture plays nothing', async () => {
  const { page, commands } = await enterAsHost(house)
  await say(page, 'words that somebody marks to copy them')
  await hears(page, 'words')
  await drag(page, '.message-text', '.shield')
  await drag(page, '.volume-slider', '.shield')
  await drag(page, '.shield', '.message-text')
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
})

test('the seek bar moves the room by the main button only', async () => {
  const { page, commands } = await enterAsHost(house)
  const bar = page.getByLabel(en.controls.position)
  await bar.click({ button: 'right' })
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
  await bar.click()
  await expect.poll(commands).toEqual(['SEEK'])
  await expect(page.locator('.time').first().innerText()).resolves.toMatch(/^1:(29|30)/)
})

test('a finger on the picture plays nothing', async () => {
  const { page, commands } = await enterAsHost(house, { hasTouch: true })
  await page.locator('.shield').tap()
  await wait(1_000)
  await expect(commands()).resolves.toEqual([])
})

// Firefox has no driver for a finger that moves.
test.skipIf(inject('browser') === 'firefox')('a finger that rests during its drag moves the room once', async () => {
  const { page, commands } = await enterAsHost(house, { hasTouch: true })
  const { x, y } = await middleOf(page, '.seek-bar input')
  const driver = await page.context().newCDPSession(page)
  for (const moved of [0, 20, 40]) {
    const touchPoints = [{ x: x + moved, y }]
    await driver.send('Input.dispatchTouchEvent', { type: moved === 0 ? 'touchStart' : 'touchMove', touchPoints })
    await wait(600)
  }
  await expect(commands()).resolves.toEqual([])
  await driver.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect.poll(commands).toEqual(['SEEK'])
  await expect(page.locator('.time').first().innerText()).resolves.toMatch(/^1:(3[2-9]|4)/)
})

/** Bo, who drives beside the host, with the thumb of the bar in their hand. */
const dragAsCohost = async () => {
  const film = (name: string) => ({ url: `${house.sample}?${name}`, title: name, duration: 180 })
  const { code, host } = await house.stage.room({ media: film('one') })
  const person = await house.stage.member(code, 'Bo')
  const setRole = (role: 'cohost' | 'participant') =>
    house.stage.call('rooms/role', { room_id: code, user_id: person.id, role }, host)
  await setRole('cohost')
  const hana = await house.enter(code, host)
  const { page } = await house.enter(code, person)
  await page.locator('.sync-badge[data-status=paused]').waitFor()
  const { x, y } = await middleOf(page, '.seek-bar input')
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 100, y, { steps: 3 })
  const setVideo = (name: string | null) =>
    house.stage.call('rooms/settings', { room_id: code, media: name === null ? null : film(name) }, host)
  return { hana: hana.page, bo: page, setRole, setVideo }
}

test('who may not drive any more, and was dragging, follows the room', async () => {
  const { hana, bo, setRole } = await dragAsCohost()
  await setRole('participant')
  await bo.locator('.seek-bar.readonly').waitFor()
  await bo.mouse.up()
  await press(hana, en.controls.play)
  await areInStep(hana, bo)
})

test('who drags while the video is taken away follows the next one', async () => {
  const { hana, bo, setVideo } = await dragAsCohost()
  await setVideo(null)
  await bo.locator('.seek-bar').waitFor({ state: 'detached' })
  await bo.mouse.up()
  await setVideo('two')
  await Promise.all([hana, bo].map((page) => page.locator('.sync-badge[data-status=paused]').waitFor()))
  await press(hana, en.controls.play)
  await areInStep(hana, bo)
})

test('a drag that began on one video does not move the next one', async () => {
  const { hana, bo, setVideo } = await dragAsCohost()
  await setVideo('two')
  for (const page of [hana, bo]) await page.locator('video[src$="?two"]').waitFor()
  const { x, y } = await middleOf(bo, '.seek-bar input')
  await bo.mouse.move(x - 50, y, { steps: 3 })
  await bo.mouse.up()
  await wait(1_500)
  for (const page of [hana, bo]) await expect(page.locator('.time').first().innerText()).resolves.toMatch(/^0:00/)
})

test('a dialog is closed by a press beside it, and not by text that is marked to beyond its edge', async () => {
  const { page } = await enterAsHost(house)
  await press(page, en.room.settings)
  const dialog = page.getByRole('dialog')
  await page.getByLabel(en.settings.name).fill('A long evening')
  const { x, y } = await middleOf(page, 'dialog input')
  for (const [from, to] of [
    [x, 20],
    [20, x],
  ] as const) {
    await page.mouse.move(from, y)
    await page.mouse.down()
    await page.mouse.move(to, y, { steps: 5 })
    await page.mouse.up()
    await wait(500)
    await expect(page.getByLabel(en.settings.name).inputValue()).resolves.toBe('A long evening')
  }
  await page.mouse.click(20, y)
  await dialog.waitFor({ state: 'detached' })
})

test('who stands on the bar by keyboard stands on it at the next video', async () => {
  const film = (name: string) => ({ url: `${house.sample}?${name}`, title: name, duration: 180 })
  const { code, host } = await house.stage.room({ media: film('one') })
  const { page } = await house.enter(code, host)
  await page.locator('.sync-badge[data-status=paused]').waitFor()
  const bar = page.getByLabel(en.controls.position)
  await bar.focus()
  await house.stage.call('rooms/settings', { room_id: code, media: film('two') }, host)
  await page.locator('video[src$="?two"]').waitFor()
  await page.locator('.sync-badge[data-status=paused]').waitFor()
  expect(await bar.evaluate((input) => input === document.activeElement)).toBe(true)
})
